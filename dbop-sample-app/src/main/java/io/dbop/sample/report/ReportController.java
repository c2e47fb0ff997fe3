package io.dbop.sample.report;

import java.time.LocalDate;
import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/report")
class ReportController {

	private final ReportService service;

	ReportController(ReportService service) {
		this.service = service;
	}

	@GetMapping
	List<DailyTurnover> report(@RequestParam(defaultValue = "2000-01-01") LocalDate from,
			@RequestParam(defaultValue = "9999-12-31") LocalDate to) {
		return this.service.between(from, to);
	}

	@PostMapping("/refresh")
	List<DailyTurnover> refresh() {
		return this.service.refresh();
	}

}

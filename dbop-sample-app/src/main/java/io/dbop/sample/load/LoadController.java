package io.dbop.sample.load;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.dbop.sample.problem.ConflictException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Runs one load at a time.
 */
@RestController
class LoadController {

	private final LoadService service;

	private final Semaphore running = new Semaphore(1);

	LoadController(LoadService service) {
		this.service = service;
	}

	@PostMapping("/load")
	LoadReport load(@RequestParam(defaultValue = "8") @Min(1) @Max(64) int threads,
			@RequestParam(defaultValue = "1000") @Min(1) @Max(10_000) int transfers,
			@RequestParam(defaultValue = "4") @Min(2) @Max(100) int accounts,
			@RequestParam(defaultValue = "0") @Min(0) @Max(1000) int holdMillis) throws InterruptedException {
		if (!this.running.tryAcquire()) {
			throw new ConflictException("A load is under way, wait until it has ended");
		}
		try {
			return this.service.run(new Load(threads, transfers, accounts, Duration.ofMillis(holdMillis)));
		}
		finally {
			this.running.release();
		}
	}

}

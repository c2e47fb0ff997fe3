package io.dbop.sample.transfer;

import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import io.dbop.sample.problem.NotFoundException;
import jakarta.validation.Valid;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/transfers")
class TransferController {

	private final TransferService service;

	private final Transfers transfers;

	private final Clock clock;

	TransferController(TransferService service, Transfers transfers, Clock clock) {
		this.service = service;
		this.transfers = transfers;
		this.clock = clock;
	}

	@PostMapping
	ResponseEntity<Transfer> transfer(@Valid @RequestBody TransferRequest request) {
		Transfer transfer = this.service.transfer(request.at(this.clock.instant().truncatedTo(ChronoUnit.MILLIS)));
		return ResponseEntity.created(URI.create("/transfers/" + transfer.id())).body(transfer);
	}

	@GetMapping("/{id}")
	Transfer get(@PathVariable UUID id) {
		return this.transfers.find(id).orElseThrow(() -> new NotFoundException("transfer", id));
	}

}

package io.dbop.sample.account;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/accounts")
class AccountController {

	private final Accounts accounts;

	private final Clock clock;

	AccountController(Accounts accounts, Clock clock) {
		this.accounts = accounts;
		this.clock = clock;
	}

	@PostMapping
	ResponseEntity<Account> open(@Valid @RequestBody OpenAccountRequest request) {
		Account account = new Account(UUID.randomUUID(), request.owner(), request.balanceCents(), now());
		this.accounts.open(account);
		return ResponseEntity.created(URI.create("/accounts/" + account.id())).body(account);
	}

	@GetMapping("/{id}")
	Account get(@PathVariable UUID id) {
		return this.accounts.get(id);
	}

	@GetMapping
	List<Account> list(@RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
		return this.accounts.list(limit);
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}

package io.dbop.sample.customer;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.dbop.entity.ChangeOptions;
import io.dbop.sample.history.Change;
import io.dbop.sample.problem.NotFoundException;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/customers")
class CustomerController {

	private final Customers customers;

	private final Clock clock;

	CustomerController(Customers customers, Clock clock) {
		this.customers = customers;
		this.clock = clock;
	}

	@PostMapping
	ResponseEntity<Customer> add(@Valid @RequestBody Customer customer) {
		Customer added = this.customers.save(customer.asOf(UUID.randomUUID().toString(), this.clock.instant()));
		return ResponseEntity.created(URI.create("/customers/" + added.id())).body(added);
	}

	@GetMapping("/{id}")
	Customer get(@PathVariable String id) {
		return this.customers.get(id).orElseThrow(() -> new NotFoundException("customer", id));
	}

	@GetMapping
	List<Customer> named(@RequestParam String name) {
		return this.customers.named(name);
	}

	@PutMapping("/{id}")
	Customer change(@PathVariable String id, @Valid @RequestBody Customer customer,
			@RequestParam(required = false) @Nullable String why) {
		Customer known = get(id);
		return this.customers.save(customer.asOf(id, Objects.requireNonNull(known.since())),
				ChangeOptions.defaults().comment(why));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String id) {
		if (!this.customers.delete(id)) {
			throw new NotFoundException("customer", id);
		}
	}

	@PostMapping("/{id}/restore")
	Customer restore(@PathVariable String id) {
		if (!this.customers.restore(id)) {
			throw new NotFoundException("deleted customer", id);
		}
		return get(id);
	}

	@GetMapping("/{id}/history")
	List<Change> history(@PathVariable String id) {
		return this.customers.history(id).stream().map(Change::of).toList();
	}

}

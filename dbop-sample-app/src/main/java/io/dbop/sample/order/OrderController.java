package io.dbop.sample.order;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
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
@RequestMapping("/orders")
class OrderController {

	private final OrderService service;

	private final Clock clock;

	OrderController(OrderService service, Clock clock) {
		this.service = service;
		this.clock = clock;
	}

	@PostMapping
	ResponseEntity<Order> place(@Valid @RequestBody PlaceOrderRequest request) {
		Order order = this.service.place(request.on(LocalDate.now(this.clock)));
		return ResponseEntity.created(URI.create("/orders/" + order.id())).body(order);
	}

	@PostMapping("/{id}/cancel")
	Order cancel(@PathVariable UUID id) {
		return this.service.cancel(id);
	}

	@GetMapping("/{id}")
	Order get(@PathVariable UUID id) {
		return this.service.get(id);
	}

	@GetMapping
	List<Order> list(@RequestParam UUID account, @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
		return this.service.list(account, limit);
	}

}

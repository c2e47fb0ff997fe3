package io.dbop.sample.order;

import java.util.List;
import java.util.UUID;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.dbop.sample.account.Accounts;
import io.dbop.sample.catalog.Product;
import io.dbop.sample.catalog.Products;
import io.dbop.sample.problem.ConflictException;
import io.dbop.sample.problem.NotFoundException;

import org.springframework.stereotype.Service;

/**
 * Places and cancels orders. Each is one transaction over stock, account and order.
 * <p>
 * Both look for their own effect before they do anything, so doing them twice is the same
 * as doing them once. That is why they may call themselves idempotent, and are repeated
 * even after a commit of which nobody knows whether it landed.
 */
@Service
class OrderService {

	private final Orders orders;

	private final Accounts accounts;

	private final Products products;

	OrderService(Orders orders, Accounts accounts, Products products) {
		this.orders = orders;
		this.accounts = accounts;
		this.products = products;
	}

	/**
	 * Places an order: reserves the products and takes the money. The caller has fixed
	 * its identifier, so that no attempt can place a second one.
	 * @param wanted the order, whose total is not known yet
	 * @return the order as it was placed, now or earlier
	 */
	@DbRetry(idempotent = true, totalTimeout = "${sample.order-timeout}")
	@AutoTransaction
	@CircuitBreaker
	public Order place(Order wanted) {
		return this.orders.find(wanted.id()).map((earlier) -> same(wanted, earlier)).orElseGet(() -> {
			Product product = this.products.reserve(wanted.sku(), wanted.quantity());
			Order order = wanted.at(product.priceCents());
			this.accounts.debit(order.account(), order.totalCents());
			this.orders.add(order);
			return order;
		});
	}

	/**
	 * Cancels an order: releases the products and gives the money back. Cancelling it
	 * again does nothing.
	 * @param id the order
	 * @return the order as it is now
	 */
	@DbRetry(idempotent = true, totalTimeout = "${sample.order-timeout}")
	@AutoTransaction
	@CircuitBreaker
	public Order cancel(UUID id) {
		Order order = read(id);
		if (this.orders.cancel(id)) {
			this.products.release(order.sku(), order.quantity());
			this.accounts.credit(order.account(), order.totalCents());
		}
		return order.cancelled();
	}

	@DbRetry
	@AutoTransaction(readOnly = true)
	public Order get(UUID id) {
		return read(id);
	}

	@DbRetry
	@AutoTransaction(readOnly = true)
	public List<Order> list(UUID account, int limit) {
		return this.orders.of(account, limit);
	}

	private Order read(UUID id) {
		return this.orders.find(id).orElseThrow(() -> new NotFoundException("order", id));
	}

	private static Order same(Order wanted, Order earlier) {
		if (!wanted.isRepetitionOf(earlier)) {
			throw new ConflictException("Order %s was placed with other data".formatted(wanted.id()));
		}
		return earlier;
	}

}

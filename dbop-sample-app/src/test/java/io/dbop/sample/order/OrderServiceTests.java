package io.dbop.sample.order;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

import io.dbop.sample.Schema;
import io.dbop.sample.account.Account;
import io.dbop.sample.account.Accounts;
import io.dbop.sample.catalog.OutOfStockException;
import io.dbop.sample.catalog.Product;
import io.dbop.sample.catalog.Products;
import io.dbop.sample.order.Order.Status;
import io.dbop.sample.problem.ConflictException;
import io.dbop.sample.problem.NotFoundException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OrderService}, without the transactions and retries around it.
 */
@EachDatabase(except = TestDatabase.H2)
class OrderServiceTests {

	private static final UUID BUYER = UUID.randomUUID();

	private static final LocalDate DAY = LocalDate.of(2026, 2, 28);

	private final Accounts accounts;

	private final Products products;

	private final OrderService service;

	OrderServiceTests(DatabaseInstance database) {
		JdbcClient jdbc = Schema.MAIN.createIn(database);
		this.accounts = new Accounts(jdbc);
		this.products = new Products(jdbc);
		this.service = new OrderService(new Orders(jdbc), this.accounts, this.products);
		this.accounts.open(new Account(BUYER, "Ann", 1000, Instant.EPOCH));
		this.products.add(new Product("tea", "Tea", 450, 5));
	}

	@Test
	void whenPlacedThenPaidAndReserved() {
		Order wanted = wanted("tea", 2);
		Order placed = this.service.place(wanted);
		assertThat(placed).isEqualTo(new Order(wanted.id(), BUYER, "tea", 2, 900, Status.PLACED, DAY));
		assertThat(this.service.get(wanted.id())).isEqualTo(placed);
		assertThat(this.service.list(BUYER, 10)).containsExactly(placed);
		assertThat(balance()).isEqualTo(100);
		assertThat(stock()).isEqualTo(3);
	}

	@Test
	void whenPlacedAgainThenPaidOnce() {
		Order wanted = wanted("tea", 2);
		Order placed = this.service.place(wanted);
		assertThat(this.service.place(wanted)).isEqualTo(placed);
		assertThat(balance()).isEqualTo(100);
		assertThat(stock()).isEqualTo(3);
	}

	@Test
	void whenPlacedAgainWithOtherDataThenConflict() {
		Order wanted = wanted("tea", 1);
		this.service.place(wanted);
		Order other = new Order(wanted.id(), BUYER, "tea", 2, 0, Status.PLACED, DAY);
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.service.place(other));
	}

	@Test
	void whenThereIsTooLittleThenRefused() {
		assertThatExceptionOfType(OutOfStockException.class).isThrownBy(() -> this.service.place(wanted("tea", 6)))
			.withMessage("Of 'tea' there are 5, fewer than 6");
		assertThat(balance()).isEqualTo(1000);
	}

	@Test
	void whenThereIsNoSuchProductThenNotFound() {
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.service.place(wanted("cake", 1)));
	}

	@Test
	void whenCancelledTwiceThenPaidBackOnce() {
		Order placed = this.service.place(wanted("tea", 2));
		assertThat(this.service.cancel(placed.id())).isEqualTo(placed.cancelled());
		assertThat(this.service.cancel(placed.id())).isEqualTo(placed.cancelled());
		assertThat(this.service.get(placed.id())).isEqualTo(placed.cancelled());
		assertThat(balance()).isEqualTo(1000);
		assertThat(stock()).isEqualTo(5);
	}

	@Test
	void whenCancelledThenPlacingItAgainDoesNotReviveIt() {
		Order wanted = wanted("tea", 2);
		this.service.cancel(this.service.place(wanted).id());
		assertThat(this.service.place(wanted).status()).isEqualTo(Status.CANCELLED);
		assertThat(balance()).isEqualTo(1000);
	}

	private long balance() {
		return this.accounts.get(BUYER).balanceCents();
	}

	private int stock() {
		return this.products.list().get(0).stock();
	}

	private static Order wanted(String sku, int quantity) {
		return new Order(UUID.randomUUID(), BUYER, sku, quantity, 0, Status.PLACED, DAY);
	}

}

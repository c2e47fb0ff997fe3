package io.dbop.sample.it;

import java.util.Map;
import java.util.UUID;

import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Products, orders and the report over HTTP.
 */
@EachDatabase(except = TestDatabase.H2)
class OrdersIT {

	private final SampleClient sample;

	private final String sku = UUID.randomUUID().toString();

	private final String buyer;

	OrdersIT(TestDatabase database) {
		this.sample = SampleOnDatabase.of(database).client();
		this.sample.post("/products", Map.of("sku", this.sku, "name", "Tea", "priceCents", 450, "stock", 5));
		this.buyer = this.sample.account(1000);
	}

	@Test
	void whenPlacedThenPaidReservedAndListed() {
		Answer order = order(2);
		assertThat(order.status()).isEqualTo(201);
		assertThat(order.number("totalCents")).isEqualTo(900);
		assertThat(this.sample.get(order.header("Location")).body()).isEqualTo(order.body());
		assertThat(this.sample.get("/orders?account=" + this.buyer).body()).containsExactly(order.body());
		assertThat(this.sample.balance(this.buyer)).isEqualTo(100);
		assertThat(stock()).isEqualTo(3);
	}

	@Test
	void whenFundsAreLackingThenTheStockIsLeftAlone() {
		Answer refused = order(3);
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.text("type")).isEqualTo("/problems/insufficient-funds");
		assertThat(stock()).isEqualTo(5);
		assertThat(this.sample.get("/orders?account=" + this.buyer).body()).isEmpty();
	}

	@Test
	void whenStockIsLackingThenTheMoneyIsLeftAlone() {
		Answer refused = order(6);
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.text("type")).isEqualTo("/problems/out-of-stock");
		assertThat(this.sample.balance(this.buyer)).isEqualTo(1000);
	}

	@Test
	void whenCancelledTwiceThenPaidBackOnce() {
		Answer order = order(2);
		String cancel = order.header("Location") + "/cancel";
		assertThat(this.sample.post(cancel).text("status")).isEqualTo("CANCELLED");
		assertThat(this.sample.post(cancel).text("status")).isEqualTo("CANCELLED");
		assertThat(this.sample.balance(this.buyer)).isEqualTo(1000);
		assertThat(stock()).isEqualTo(5);
	}

	@Test
	void whenTheReportIsRefreshedThenItFollowsTheOrders() {
		Answer order = order(2);
		JsonNode before = refreshed();
		assertThat(refreshed().path("turnoverCents")).isEqualTo(before.path("turnoverCents"));
		this.sample.post(order.header("Location") + "/cancel");
		JsonNode after = refreshed();
		assertThat(after.path("orders").asLong()).isEqualTo(before.path("orders").asLong() - 1);
		assertThat(after.path("turnoverCents").asLong()).isEqualTo(before.path("turnoverCents").asLong() - 900);
	}

	@Test
	void whenAProductIsAddedTwiceThenItIsAConflict() {
		Map<String, ?> product = Map.of("sku", this.sku, "name", "Other", "priceCents", 1, "stock", 1);
		assertThat(this.sample.post("/products", product).status()).isEqualTo(409);
		assertThat(stock()).isEqualTo(5);
	}

	private Answer order(int quantity) {
		return this.sample.post("/orders", Map.of("account", this.buyer, "sku", this.sku, "quantity", quantity));
	}

	private long stock() {
		for (JsonNode product : this.sample.get("/products").body()) {
			if (product.path("sku").asString().equals(this.sku)) {
				return product.path("stock").asLong();
			}
		}
		throw new AssertionError("no product " + this.sku);
	}

	private JsonNode refreshed() {
		assertThat(this.sample.post("/report/refresh").status()).isEqualTo(200);
		JsonNode days = this.sample.get("/report").body();
		return days.get(days.size() - 1);
	}

}

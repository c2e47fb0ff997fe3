package io.dbop.sample.it;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that break, and servers that are gone.
 */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class DoubtIT {

	private static final int MORE_THAN_ARE_TRIED = 1000;

	private final SampleClient sample;

	private final WireProxy proxy;

	DoubtIT(TestDatabase database) {
		SampleOnDatabase running = SampleOnDatabase.of(database);
		this.sample = running.client();
		this.proxy = running.proxy();
	}

	@ParameterizedTest
	@EnumSource
	void whenTheCommitOfATransferIsNotConfirmedThenItIsBookedOnceAllTheSame(CutPoint point) {
		String ann = this.sample.account(100);
		String bob = this.sample.account(0);
		cutNextCommit(point, () -> assertThat(this.sample.transfer(ann, bob, 40).status()).isEqualTo(201));
		assertThat(this.sample.balance(ann)).isEqualTo(60);
		assertThat(this.sample.balance(bob)).isEqualTo(40);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheCommitOfAnOrderIsNotConfirmedThenItIsPlacedOnceAllTheSame(CutPoint point) {
		String buyer = this.sample.account(1000);
		String sku = product();
		cutNextCommit(point, () -> assertThat(order(buyer, sku).status()).isEqualTo(201));
		assertThat(this.sample.balance(buyer)).isEqualTo(550);
		assertThat(this.sample.get("/orders?account=" + buyer).body()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheCommitOfAnAccountIsNotConfirmedThenTheClientIsToldSo(CutPoint point) {
		cutNextCommit(point, () -> {
			Answer answer = this.sample.post("/accounts", Map.of("owner", "Ann", "balanceCents", 1));
			assertThat(answer.status()).isEqualTo(500);
			assertThat(answer.text("type")).isEqualTo("/problems/outcome-unknown");
		});
	}

	@ParameterizedTest
	@EnumSource
	void whenNobodyCanLookForATransferThenTheClientIsToldWhereToLookLater(CutPoint point) {
		String ann = this.sample.account(100);
		String bob = this.sample.account(0);
		Answer answer = losingEverythingFromTheNextCommitOn(point, () -> this.sample.transfer(ann, bob, 40));
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.text("type")).isEqualTo("/problems/outcome-unknown");
		int found = this.sample.get(answer.header("Location")).status();
		assertThat(found).isEqualTo((point == CutPoint.BEFORE_ANSWER) ? 200 : 404);
		assertThat(this.sample.balance(bob)).isEqualTo((point == CutPoint.BEFORE_ANSWER) ? 40 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void whenAnOrderCannotBeRepeatedThenTheClientIsNotToldThatItFailed(CutPoint point) {
		String buyer = this.sample.account(1000);
		String sku = product();
		Answer answer = losingEverythingFromTheNextCommitOn(point, () -> order(buyer, sku));
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.text("type")).isEqualTo("/problems/outcome-unknown");
	}

	@Test
	void whenTheServerIsGoneThenTheClientIsToldToComeBackAndIsServedWhenItDoes() {
		String ann = this.sample.account(100);
		String bob = this.sample.account(0);
		this.proxy.down();
		try {
			Answer answer = this.sample.transfer(ann, bob, 10);
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.header("Retry-After")).isEqualTo("1");
			assertThat(answer.text("type")).isEqualTo("/problems/unavailable");
		}
		finally {
			this.proxy.up();
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.sample.transfer(ann, bob, 10).status()).isEqualTo(201));
		assertThat(this.sample.balance(bob)).isEqualTo(10);
	}

	private String product() {
		String sku = UUID.randomUUID().toString();
		this.sample.post("/products", Map.of("sku", sku, "name", "Tea", "priceCents", 450, "stock", 5));
		return sku;
	}

	private Answer order(String buyer, String sku) {
		return this.sample.post("/orders", Map.of("account", buyer, "sku", sku, "quantity", 1));
	}

	private void cutNextCommit(CutPoint point, Runnable request) {
		int before = this.proxy.statementCuts(point);
		this.proxy.cutNextCommit(point);
		request.run();
		assertThat(this.proxy.statementCuts(point) - before).isEqualTo(1);
	}

	private Answer losingEverythingFromTheNextCommitOn(CutPoint point, Supplier<Answer> request) {
		int before = this.proxy.statementCuts(point);
		this.proxy.cutNextCommit(point);
		AtomicBoolean lost = new AtomicBoolean(true);
		for (int i = 0; i < MORE_THAN_ARE_TRIED; i++) {
			this.proxy.cutNext((sql) -> lost.get() && this.proxy.statementCuts(point) > before, CutPoint.BEFORE_SERVER);
		}
		try {
			return request.get();
		}
		finally {
			lost.set(false);
		}
	}

}

package io.dbop.sample.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many transfers at once, and what {@code /actuator/dbop} says of them.
 */
@EachDatabase(except = TestDatabase.H2)
class ContentionIT {

	private static final String TRANSFER = "TransferService.transfer";

	private final SampleClient sample;

	ContentionIT(TestDatabase database) {
		this.sample = SampleOnDatabase.of(database).client();
	}

	@Test
	void whenManyTransferAtOnceThenNoCentIsLostOrMadeAndEveryCallIsCounted() throws Exception {
		List<String> accounts = Stream.generate(() -> this.sample.account(10_000)).limit(3).toList();
		long before = calls();

		List<Integer> statuses = transferAtOnce(accounts, 8, 50);

		assertThat(statuses).hasSize(400).isSubsetOf(201, 422, 503);
		assertThat(statuses).contains(201);
		assertThat(this.sample.balances(accounts)).isEqualTo(30_000);
		assertThat(calls() - before).isEqualTo(400);
	}

	@Test
	void whenLoadedThenTheCountsAgree() {
		long before = calls();

		Answer load = this.sample.post("/load?threads=16&transfers=400&accounts=2");

		assertThat(load.status()).isEqualTo(200);
		assertThat(load.number("sent")).isEqualTo(400);
		assertThat(load.number("acknowledged")).isPositive();
		assertThat(load.number("doubtful")).isZero();
		assertThat(load.number("failed")).isZero();
		assertThat(load.number("centsAfter")).isEqualTo(load.number("centsBefore"));
		assertThat(calls() - before).isEqualTo(400);
	}

	@Test
	void whenConnectionsAreScarceThenTheTimeoutsAreSeenAndNothingIsLost() {
		String ann = this.sample.account(1);
		String bob = this.sample.account(0);
		long before = calls();
		long timeoutsBefore = timeouts();

		Answer load = this.sample.post("/load?threads=64&transfers=64&holdMillis=1000");

		assertThat(load.number("sent")).isEqualTo(64);
		assertThat(load.number("doubtful")).isZero();
		assertThat(load.number("failed")).isZero();
		assertThat(load.number("centsAfter")).isEqualTo(load.number("centsBefore"));
		assertThat(calls() - before).isEqualTo(64);
		assertThat(timeouts() - timeoutsBefore).isPositive();
		awaitTransfer(ann, bob);
	}

	@Test
	void whenALoadIsUnreasonableThenItIsRefused() {
		assertThat(this.sample.post("/load?threads=1000").status()).isEqualTo(400);
		assertThat(this.sample.post("/load?transfers=1000000").status()).isEqualTo(400);
	}

	/**
	 * So many timeouts may have opened the circuit breaker, which closes by itself.
	 * @param from an account with a cent
	 * @param to another
	 */
	private void awaitTransfer(String from, String to) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.sample.transfer(from, to, 1).status()).isEqualTo(201));
	}

	private List<Integer> transferAtOnce(List<String> accounts, int threads, int transfers) throws Exception {
		Callable<List<Integer>> client = () -> Stream.generate(() -> transfer(accounts)).limit(transfers).toList();
		ExecutorService clients = Executors.newFixedThreadPool(threads);
		try {
			List<Integer> statuses = new ArrayList<>();
			for (Future<List<Integer>> done : clients
				.invokeAll(Stream.generate(() -> client).limit(threads).toList())) {
				statuses.addAll(done.get());
			}
			return statuses;
		}
		finally {
			clients.shutdownNow();
		}
	}

	private int transfer(List<String> accounts) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int from = random.nextInt(accounts.size());
		int to = (from + random.nextInt(1, accounts.size())) % accounts.size();
		return this.sample.transfer(accounts.get(from), accounts.get(to), random.nextLong(1, 5000)).status();
	}

	private long calls() {
		return counts().path("calls").asLong(0);
	}

	private long timeouts() {
		return counts().path("timeouts").asLong(0);
	}

	private JsonNode counts() {
		return this.sample.counts("main", TRANSFER);
	}

}

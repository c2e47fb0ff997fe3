package io.dbop.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.FaultForm;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.annotation.Isolation;

import static org.assertj.core.api.Assertions.assertThat;

/** Many writers in serializable transactions of PostgreSQL. */
@Tag("fault")
@EachDatabase(TestDatabase.POSTGRESQL)
class SerializableWritersTests {

	private static final int ROUNDS = FaultForm.choose(25, 200);

	private final EngineFixture fixture;

	private final Items items;

	private final CyclicBarrier meeting = new CyclicBarrier(2);

	SerializableWritersTests(DatabaseInstance database) {
		this.fixture = EngineFixture.inRealTime(database, (settings) -> settings.setMaximumPoolSize(Writers.COUNT));
		this.items = new Items(database, this.fixture.jdbc).with(1, 2);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("T2: serializable transactions of 16 writers lose nothing, and are nobody's failure")
	void whenSixteenWriteThenEachEffectIsThereOnce() {
		new Writers(this.fixture, this.items).assertAllDone(
				(spec) -> spec.named("one").isolation(Isolation.SERIALIZABLE),
				(spec) -> spec.named("other").isolation(Isolation.SERIALIZABLE));
		assertThat(this.fixture.statistics("one").retries()).isPositive();
	}

	@Test
	@DisplayName("T2: a serialization failure that comes at COMMIT is no commit in doubt, and is repeated")
	void whenTheConflictComesAtTheCommitThenItIsRepeated() {
		CompletableFuture<Void> one = Writers.repeat(ROUNDS, (round) -> skew(1, 2));
		CompletableFuture<Void> other = Writers.repeat(ROUNDS, (round) -> skew(2, 1));
		assertThat(CompletableFuture.allOf(one, other)).succeedsWithin(60, TimeUnit.SECONDS);
		assertThat(this.items.amount(1)).isEqualTo(ROUNDS);
		assertThat(this.items.amount(2)).isEqualTo(ROUNDS);
		assertThat(this.fixture.statistics("skew").retries()).isGreaterThanOrEqualTo(ROUNDS);
		assertThat(this.fixture.statistics("skew").doubtfulCommits()).isZero();
	}

	/** All statements are done before anyone commits: only the commit is left to fail. */
	private void skew(int read, int write) throws Throwable {
		AtomicInteger attempts = new AtomicInteger();
		this.fixture.perform((spec) -> spec.named("skew").isolation(Isolation.SERIALIZABLE).maxRetries(10_000), () -> {
			this.fixture.jdbc.queryForList("select amount from item where id = ?", read);
			this.items.add(write);
			if (attempts.getAndIncrement() == 0) {
				this.meeting.await(20, TimeUnit.SECONDS);
			}
		});
	}

}

package io.dbop.execution;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.FaultForm;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two threads that want the same two rows, in opposite order. */
@Tag("fault")
@OnOneNode(OnOneNode.LOCKS)
@EachDatabase(value = { TestDatabase.H2, TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL,
		TestDatabase.HSQLDB }, eachDriver = true)
class DeadlockTests {

	private static final int ROUNDS = FaultForm.choose(25, 200);

	private final EngineFixture fixture;

	private final Items items;

	/** Where both begin a round, and where both hold one row and want the other. */
	private final CyclicBarrier meeting = new CyclicBarrier(2);

	DeadlockTests(DatabaseInstance database) {
		this.fixture = EngineFixture.inRealTime(database,
				(settings) -> settings.setConnectionInitSql(DeadlockPartner.victimSettings(database.database())));
		this.items = new Items(database, this.fixture.jdbc).with(1, 2);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("T2: in 200 deadlocks, in the short form 25, both threads finish, and both effects are there once")
	void whenTwoThreadsDeadlockThenBothFinish() {
		CompletableFuture<Void> one = CompletableFuture.runAsync(() -> rounds(1, 2), OwnThreads.EACH);
		CompletableFuture<Void> other = CompletableFuture.runAsync(() -> rounds(2, 1), OwnThreads.EACH);
		assertThat(CompletableFuture.allOf(one, other)).succeedsWithin(60, TimeUnit.SECONDS);
		assertThat(this.items.amount(1)).isEqualTo(2 * ROUNDS);
		assertThat(this.items.amount(2)).isEqualTo(2 * ROUNDS);
		assertThat(this.fixture.statistics("move").successes()).isEqualTo(2 * ROUNDS);
		assertThat(this.fixture.statistics("move").retries()).isGreaterThanOrEqualTo(ROUNDS);
		assertThat(this.fixture.statistics("move").recoveries()).isGreaterThanOrEqualTo(ROUNDS);
	}

	private void rounds(int from, int to) {
		try {
			for (int round = 0; round < ROUNDS; round++) {
				meet();
				move(from, to);
			}
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void move(int from, int to) throws Throwable {
		AtomicInteger attempts = new AtomicInteger();
		this.fixture.perform((spec) -> spec.named("move"), () -> {
			this.items.add(from);
			if (attempts.getAndIncrement() == 0) {
				meet();
			}
			this.items.add(to);
		});
	}

	private void meet() {
		try {
			this.meeting.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | java.util.concurrent.TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

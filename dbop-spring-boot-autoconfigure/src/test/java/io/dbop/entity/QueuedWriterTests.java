package io.dbop.entity;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicBoolean;

import io.dbop.execution.WriteCounts;
import io.dbop.pool.AttemptLedger;
import io.dbop.test.NamedLedger;
import org.junit.jupiter.api.Test;

import org.springframework.dao.TransientDataAccessResourceException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How saves wait for each other, by hand. */
class QueuedWriterTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final List<List<QueuedSave>> groups = new ArrayList<>();

	private final WriteCounts counts = new WriteCounts();

	private String user = "ann";

	private QueuedWriter writer(int maxRows, int capacity, Duration maxWait) {
		return new QueuedWriter("events", new WriterSettings(1, maxRows, Duration.ZERO, capacity, maxWait),
				() -> this.user, this.groups::add, this.tasks::add, this.counts, (closed) -> {
				});
	}

	private void run() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	private List<List<String>> ids() {
		return this.groups.stream().map((group) -> group.stream().map((save) -> save.change().id()).toList()).toList();
	}

	@Test
	void whatComesMeanwhileIsTheNextGroup() {
		QueuedWriter writer = writer(2, 100, SHORT);
		for (String id : List.of("1", "2", "3", "1", "4")) {
			writer.save(id, Map.of("n", 1));
		}
		assertThat(this.tasks).as("one at a time").hasSize(1);
		run();
		assertThat(ids()).containsExactly(List.of("1", "2"), List.of("3", "1"), List.of("4"));
		writer.save("5", Map.of("n", 1));
		assertThat(this.tasks).as("begun again").hasSize(1);
		run();
		assertThat(ids()).last().isEqualTo(List.of("5"));
	}

	@Test
	void withADelaySavesWaitForCompanyUntilTheyAreEnoughOrWanted() throws Exception {
		BlockingQueue<List<QueuedSave>> committed = new LinkedBlockingQueue<>();
		QueuedWriter writer = new QueuedWriter("events", new WriterSettings(1, 2, Duration.ofHours(1), 10, SHORT),
				() -> this.user, committed::add, (task) -> new Thread(task).start(), this.counts, (closed) -> {
				});
		writer.save("1", Map.of());
		assertThat(committed.poll(SHORT.toMillis(), TimeUnit.MILLISECONDS)).as("alone").isNull();
		writer.save("2", Map.of());
		assertThat(committed.poll(30, TimeUnit.SECONDS)).as("enough").hasSize(2);
		writer.save("3", Map.of());
		writer.flush();
		assertThat(committed.poll()).as("wanted").hasSize(1);
	}

	@Test
	void withADelayNobodyWaitsForMoreThanThereIsRoomFor() throws Exception {
		BlockingQueue<List<QueuedSave>> committed = new LinkedBlockingQueue<>();
		QueuedWriter writer = new QueuedWriter("events", new WriterSettings(1, 500, Duration.ofHours(1), 2, SHORT),
				() -> this.user, committed::add, (task) -> new Thread(task).start(), this.counts, (closed) -> {
				});
		writer.save("1", Map.of());
		writer.save("2", Map.of());
		assertThat(committed.poll(30, TimeUnit.SECONDS)).hasSize(2);
	}

	@Test
	void whenSomethingFailsThatNobodyForesawThenItsSavesAreToldAndTheWriterGoesOn() {
		AtomicInteger times = new AtomicInteger();
		QueuedWriter writer = new QueuedWriter("events", new WriterSettings(1, 2, Duration.ZERO, 10, SHORT),
				() -> this.user, (group) -> {
					if (times.incrementAndGet() == 1) {
						throw new IllegalStateException("a dialect that fails");
					}
					this.groups.add(group);
				}, this.tasks::add, this.counts, (closed) -> {
				});
		CompletableFuture<String> first = writer.save("1", Map.of());
		run();
		assertThat(first).isCompletedExceptionally();
		writer.save("2", Map.of());
		run();
		assertThat(ids()).containsExactly(List.of("2"));
		writer.flush();
	}

	@Test
	void theUserIsThatOfTheCaller() {
		QueuedWriter writer = writer(10, 100, SHORT);
		writer.save("1", Map.of());
		this.user = "ben";
		writer.save("2", Map.of());
		writer.save("3", Map.of(), ChangeOptions.by("cid").comment("why"));
		run();
		assertThat(this.groups).singleElement()
			.satisfies((group) -> assertThat(group).extracting((save) -> save.change().author())
				.containsExactly(new Change.Author("ann", null), new Change.Author("ben", null),
						new Change.Author("cid", "why")));
	}

	@Test
	void whenThereIsNoRoomTheCallerWaitsAndThenIsTold() {
		QueuedWriter writer = writer(10, 2, SHORT);
		writer.save("1", Map.of());
		writer.save("2", Map.of());
		CompletableFuture<String> third = writer.save("3", Map.of());
		assertThat(third).isCompletedExceptionally();
		assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(() -> rethrow(third))
			.withMessageContaining("events")
			.withMessageContaining("dbop.entity.writer.capacity");
		assertThat(this.counts.waiting()).isEqualTo(2);
		assertThat(this.counts.refusals()).isOne();
		run();
		assertThat(ids()).containsExactly(List.of("1", "2"));
		assertThat(this.counts.waiting()).isZero();
		assertThat(this.counts.groups()).isOne();
		assertThat(this.counts.committedTogether()).isEqualTo(2);
	}

	@Test
	void whenThereIsRoomAgainTheCallerGoesOn() throws Exception {
		QueuedWriter writer = writer(10, 2, Duration.ofSeconds(30));
		writer.save("1", Map.of());
		writer.save("2", Map.of());
		Thread caller = new Thread(() -> writer.save("3", Map.of()));
		caller.start();
		while (caller.getState() != Thread.State.TIMED_WAITING) {
			assertThat(caller.isAlive()).isTrue();
			Thread.onSpinWait();
		}
		this.tasks.remove().run();
		caller.join(TimeUnit.SECONDS.toMillis(30));
		run();
		assertThat(ids().stream().flatMap(List::stream)).containsExactly("1", "2", "3");
	}

	@Test
	void whenThereIsNoThreadTheCallerIsToldAndTheNextSaveGoesOn() {
		AtomicBoolean exhausted = new AtomicBoolean(true);
		QueuedWriter writer = new QueuedWriter("events", new WriterSettings(1, 2, Duration.ZERO, 100, SHORT),
				() -> this.user, this.groups::add, (task) -> {
					if (exhausted.get()) {
						throw new OutOfMemoryError("unable to create native thread");
					}
					this.tasks.add(task);
				}, this.counts, (closed) -> {
				});
		CompletableFuture<?> refused = writer.save("1", Map.of("n", 1));
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> rethrow(refused))
			.withMessageContaining("native thread");
		assertThat(this.counts.waiting()).isZero();
		exhausted.set(false);
		writer.save("2", Map.of("n", 1));
		run();
		assertThat(ids()).containsExactly(List.of("2"));
	}

	@Test
	void whenInterruptedNothingIsTaken() {
		QueuedWriter writer = writer(10, 1, Duration.ofSeconds(30));
		writer.save("1", Map.of());
		Thread.currentThread().interrupt();
		CompletableFuture<String> second = writer.save("2", Map.of());
		assertThat(Thread.interrupted()).isTrue();
		assertThat(second).isCompletedExceptionally();
		run();
		assertThat(ids()).containsExactly(List.of("1"));
	}

	@Test
	void anOperationWhoseFutureIsCancelledIsNotRepeatedAllTheSame() {
		QueuedWriter writer = writer(10, 10, SHORT);
		AttemptLedger operation = new NamedLedger("operation");
		operation.open();
		try {
			writer.save("1", Map.of()).cancel(true);
			writer.save("2", Map.of());
		}
		finally {
			operation.close();
		}
		assertThat(operation.committedWrites()).isEqualTo(2);
		run();
		this.groups.get(0).get(0).saved();
		this.groups.get(0).get(1).failed(new IllegalStateException("nothing was written"));
		assertThat(operation.committedWrites()).isOne();
	}

	@Test
	void whenClosedNothingMoreIsTaken() {
		QueuedWriter writer = writer(10, 10, SHORT);
		writer.close();
		assertThatExceptionOfType(TransientDataAccessResourceException.class)
			.isThrownBy(() -> rethrow(writer.save("1", Map.of())))
			.withMessageContaining("closed");
	}

	@Test
	void aSaveWithAVersionOrALimitIsNotForAGroup() {
		QueuedWriter writer = writer(10, 10, SHORT);
		assertThatIllegalArgumentException().isThrownBy(() -> writer.save("1", Map.of(), ChangeOptions.ofVersion(1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> writer.save("1", Map.of(), ChangeOptions.defaults().timeout(SHORT)));
		assertThat(this.tasks).isEmpty();
	}

	private static void rethrow(CompletableFuture<?> future) throws Throwable {
		try {
			future.join();
		}
		catch (CompletionException ex) {
			throw ex.getCause();
		}
	}

}

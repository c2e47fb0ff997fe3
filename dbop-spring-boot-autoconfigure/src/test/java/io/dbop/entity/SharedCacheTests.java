package io.dbop.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.RedisServer;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Two applications that read the same entities through one Redis, which may fail. */
@EachDatabase(TestDatabase.POSTGRESQL)
@DisabledIf("io.dbop.test.RedisServer#missing")
class SharedCacheTests {

	private static final int SAVES = 500;

	/** Of their own: the common pool has one or a few, by the machine. */
	private static final Executor THREADS = (task) -> new Thread(task, "shared-cache").start();

	private final RedisServer redis = RedisServer.started();

	private final DatabaseInstance instance;

	private final WireProxy proxy;

	private final RedisApplication one;

	private final RedisApplication two;

	SharedCacheTests(DatabaseInstance instance) {
		this.instance = instance;
		this.proxy = instance.proxy();
		this.one = new RedisApplication(instance.through(this.proxy), this.redis.port());
		this.two = new RedisApplication(instance.through(this.proxy), this.redis.port());
		this.one.save(1);
		assertThat(this.two.x()).isOne();
	}

	@AfterEach
	void close() {
		this.one.close();
		this.two.close();
		this.proxy.close();
		this.redis.close();
	}

	@Test
	void whenOneHasReadThenTheOtherNeedNoDatabase() {
		awaitNoneAsked(this.one, 1);
		awaitNoneAsked(this.two, 1);
	}

	@Test
	void whenTheyNameTheDatabaseByDifferentUrlsThenNoneFindsRowsOfTheOtherButAllLearnOfSaves() {
		try (RedisApplication other = new RedisApplication(this.instance, this.redis.port())) {
			assertThat(other.connectionsOf(() -> assertThat(other.x()).isOne())).isPositive();
			other.save(2);
			assertThat(this.one.connectionsOf(() -> assertThat(this.one.x()).isEqualTo(2))).isOne();
			awaitNoneAsked(this.two, 2);
			this.two.save(3);
			assertThat(other.x()).isEqualTo(3);
		}
	}

	@Test
	void whenOneSavesThenTheOtherReadsIt() {
		for (int x = 2; x < 50; x++) {
			this.one.save(x);
			assertThat(this.two.x()).isEqualTo(x);
			assertThat(this.one.x()).isEqualTo(x);
		}
	}

	@Test
	void whenARowIsReadBeforeACommitThenNobodyFindsItAfterIt() throws Exception {
		this.two.save(2);
		Pause pause = new Pause();
		this.one.cache.before = (operation) -> {
			if (operation.equals("put row:u")) {
				this.one.cache.before = (other) -> {
				};
				pause.here();
			}
		};
		CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(this.one::x, THREADS);
		pause.awaitReached();
		this.two.save(3);
		pause.end();
		assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(this.one.x()).isEqualTo(3);
		assertThat(this.two.x()).isEqualTo(3);
	}

	@Test
	void whenACommitIsUnderWayThenOthersAskTheDatabase() throws Exception {
		Pause pause = new Pause();
		// An application that is killed between its commit and the message looks so.
		this.one.cache.before = (operation) -> {
			boolean closed = this.one.cache.operations.contains("putIfAbsent stamp:u");
			if (closed && operation.equals("evictIfPresent stamp:u")) {
				pause.here();
			}
		};
		this.one.cache.operations.clear();
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> this.one.save(2), THREADS);
		pause.awaitReached();
		assertThat(this.two.connectionsOf(() -> assertThat(this.two.x()).isEqualTo(2))).isOne();
		assertThat(this.two.connectionsOf(() -> assertThat(this.two.x()).isEqualTo(2))).isOne();
		pause.end();
		writer.get(20, TimeUnit.SECONDS);
		this.two.x();
		awaitNoneAsked(this.two, 2);
	}

	@Test
	void whenTheOutcomeIsUnknownThenTheDatabaseIsAskedUntilTheNextSave() {
		this.proxy.cutNext((sql) -> sql.contains("INSERT INTO"), CutPoint.BEFORE_ANSWER);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> this.one.save(2));
		for (RedisApplication each : List.of(this.one, this.two, this.one, this.two)) {
			assertThat(each.connectionsOf(() -> assertThat(each.x()).isEqualTo(2))).isOne();
		}
		this.two.save(3);
		assertThat(this.one.x()).isEqualTo(3);
		awaitNoneAsked(this.one, 3);
	}

	@Test
	void whenTheOutcomeOfATransactionIsUnknownThenTheDatabaseIsAsked() {
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> this.one.fixture.db.inTransaction((tx) -> {
				this.one.save(2);
			}));
		for (RedisApplication each : List.of(this.one, this.two, this.two)) {
			assertThat(each.connectionsOf(() -> assertThat(each.x()).isEqualTo(2))).isOne();
		}
	}

	@Test
	void whenRedisIsKilledThenNothingButTimeIsLost() {
		this.redis.kill();
		this.one.save(2);
		assertThat(this.one.x()).isEqualTo(2);
		assertThat(this.two.x()).isEqualTo(2);
		assertThat(this.one.failures()).isPositive();
		this.redis.start();
		awaitCached();
		this.two.save(3);
		assertThat(this.one.x()).isEqualTo(3);
		assertThat(this.two.x()).isEqualTo(3);
	}

	@Test
	void whenRedisHangsThenACallerPaysForItOnceASecond() {
		this.redis.freeze();
		this.one.save(2);
		long start = System.nanoTime();
		for (int i = 0; i < 20; i++) {
			assertThat(this.one.x()).isEqualTo(2);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(RedisApplication.TIMEOUT.multipliedBy(20));
		assertThat(this.one.failures()).isLessThan(5);
		this.redis.thaw();
		awaitCached();
		assertThat(this.one.x()).isEqualTo(2);
		assertThat(this.two.x()).isEqualTo(2);
	}

	@Test
	void whenRedisComesBackWithOldRowsThenTheWriterTellsItFirst() {
		this.redis.save();
		this.redis.kill();
		this.one.save(2);
		this.redis.start();
		assertThat(this.one.x()).isEqualTo(2);
		awaitCached();
		assertThat(this.one.x()).isEqualTo(2);
		assertThat(this.two.x()).isEqualTo(2);
	}

	@Test
	void whenRedisFailsAndComesBackUnderLoadThenNobodyReadsWhatIsOver() throws Exception {
		AtomicInteger acknowledged = new AtomicInteger(1);
		AtomicBoolean over = new AtomicBoolean();
		List<CompletableFuture<Long>> readers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			readers.add(CompletableFuture.supplyAsync(() -> readsUntil(over, acknowledged), THREADS));
		}
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
			for (int x = 2; !over.get(); x++) {
				this.one.save(x);
				acknowledged.set(x);
			}
		}, THREADS);
		for (Runnable fault : List.<Runnable>of(() -> {
		}, this.redis::freeze, this.redis::thaw, this.redis::kill, this.redis::start)) {
			fault.run();
			int seen = acknowledged.get();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> writer.isDone() || acknowledged.get() > seen + 50);
		}
		over.set(true);
		writer.get(20, TimeUnit.SECONDS);
		for (CompletableFuture<Long> reader : readers) {
			assertThat(reader.get(20, TimeUnit.SECONDS)).isPositive();
		}
	}

	private long readsUntil(AtomicBoolean over, AtomicInteger acknowledged) {
		long reads = 0;
		for (; !over.get(); reads++) {
			int least = acknowledged.get();
			assertThat(this.one.x()).isGreaterThanOrEqualTo(least);
		}
		return reads;
	}

	@Test
	void whenBothReadAndSaveThenNobodyReadsWhatIsOver() throws Exception {
		AtomicLong acknowledged = new AtomicLong(1);
		List<CompletableFuture<Long>> threads = new ArrayList<>();
		for (RedisApplication each : List.of(this.one, this.two)) {
			threads.add(CompletableFuture.supplyAsync(() -> saves(each, acknowledged), THREADS));
			threads.add(CompletableFuture.supplyAsync(() -> reads(each, acknowledged), THREADS));
			threads.add(CompletableFuture.supplyAsync(() -> reads(each, acknowledged), THREADS));
		}
		for (CompletableFuture<Long> each : threads) {
			assertThat(each.get(60, TimeUnit.SECONDS)).isPositive();
		}
		assertThat(this.one.hits() + this.two.hits()).isPositive();
		assertThat(this.one.failures() + this.two.failures()).isZero();
	}

	private static long saves(RedisApplication application, AtomicLong acknowledged) {
		for (int i = 0; i < SAVES; i++) {
			long version = application.entities.save("users", "u", Map.of("x", i)).version();
			acknowledged.accumulateAndGet(version, Math::max);
			if (i % 10 == 0) {
				// So that some are found, too.
				LockSupport.parkNanos(2_000_000);
			}
		}
		return SAVES;
	}

	private static long reads(RedisApplication application, AtomicLong acknowledged) {
		long reads = 0;
		for (; acknowledged.get() < 2 * SAVES; reads++) {
			long least = acknowledged.get();
			assertThat(application.entities.get("users", "u").orElseThrow().version()).isGreaterThanOrEqualTo(least);
		}
		return reads;
	}

	/** Redis removes a row at some time after it has been saved, a newer one too. */
	private static void awaitNoneAsked(RedisApplication application, int x) {
		Awaitility.await().until(() -> application.connectionsOf(() -> assertThat(application.x()).isEqualTo(x)) == 0);
	}

	private void awaitCached() {
		for (RedisApplication each : List.of(this.one, this.two)) {
			Awaitility.await().until(() -> each.connectionsOf(each::x) == 0);
		}
	}

}

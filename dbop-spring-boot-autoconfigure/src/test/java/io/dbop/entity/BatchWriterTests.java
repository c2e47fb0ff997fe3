package io.dbop.entity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import io.dbop.execution.Scope;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.Logs;
import io.dbop.test.NotOnClusters;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Single saves that are committed together. */
@EachDatabase
class BatchWriterTests {

	private static final int THREADS = 16;

	private static final int EACH = 50;

	private final EntityFixture fixture;

	private final EntityOperations entities;

	private final BatchWriter writer;

	BatchWriterTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.entities();
		this.writer = this.entities.writer("events");
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private static <T> T get(CompletableFuture<T> future) {
		return future.orTimeout(60, TimeUnit.SECONDS).join();
	}

	private void execute(String sql) {
		String quote = this.fixture.pool.dialect().syntax().quote("x").substring(0, 1);
		this.fixture.db.jdbcTemplate().execute(sql.replace("[", quote).replace("]", quote));
	}

	@Test
	@DisplayName("a row that is too large for an index fails alone, though its failure looks like that of a resource")
	void whenARowIsTooLargeForAnIndexThenItFailsAlone() {
		assumeThat(this.fixture.kind()).isEqualTo(TestDatabase.POSTGRESQL);
		this.entities.prepare("events", Map.of("token", "x"));
		execute("CREATE INDEX tokens ON events (token)");
		String incompressible = new Random(7).ints(8_000, 33, 127)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		List<CompletableFuture<String>> saves = IntStream.range(0, 50)
			.mapToObj((i) -> this.writer.save("e" + i, Map.of("token", (i == 20) ? incompressible : "t" + i)))
			.toList();
		saves.forEach((save) -> save.handle((id, failure) -> id).orTimeout(60, TimeUnit.SECONDS).join());
		assertThat(saves.stream().filter(CompletableFuture::isCompletedExceptionally)).containsExactly(saves.get(20));
		assertThat(this.entities.count("events")).isEqualTo(49);
	}

	@Test
	void whenManyThreadsSaveThenEachIsToldOfItsOwnAndNothingIsLostOrDoubled() throws Exception {
		List<Thread> threads = new ArrayList<>();
		AtomicInteger wrong = new AtomicInteger();
		for (int i = 0; i < THREADS; i++) {
			int thread = i;
			threads.add(new Thread(() -> {
				for (int j = 0; j < EACH; j++) {
					String id = thread + "-" + j;
					String saved = get(this.writer.save(id, Map.of("thread", thread, "number", j)));
					EntityRecord there = this.entities.get("events", saved).orElse(null);
					if (there == null || there.version() != 1 || !there.fields().get("number").equals(j)) {
						wrong.incrementAndGet();
					}
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(wrong).hasValue(0);
		assertThat(this.entities.count("events")).isEqualTo(THREADS * EACH);
		assertThat(this.fixture.db.sql("SELECT COUNT(*) FROM [events_history]").single(Long.class))
			.isEqualTo(THREADS * EACH);
	}

	@Test
	void theSavesOfAnIdAreDoneInTheirOrder() {
		List<CompletableFuture<String>> futures = IntStream.range(0, 200)
			.mapToObj((i) -> this.writer.save("e" + i % 3, Map.of("number", i)))
			.toList();
		futures.forEach(BatchWriterTests::get);
		for (int i = 0; i < 200; i++) {
			EntityVersion version = this.entities.version("events", "e" + i % 3, 1 + i / 3).orElseThrow();
			assertThat(version.record().fields()).containsEntry("number", i);
		}
		assertThat(this.entities.history("events", "e0")).hasSize(67);
	}

	@Test
	void oneRowThatCannotBeSavedDoesNotFailItsNeighbours() {
		get(this.writer.save("first", Map.of("number", 1)));
		execute("CREATE UNIQUE INDEX [one_number] ON [events] ([number])");
		List<CompletableFuture<String>> futures = IntStream.range(0, 60).mapToObj((i) -> {
			Object number = (i == 20) ? "no number" : (i == 40) ? 1 : 100 + i;
			return this.writer.save("e" + i, Map.of("number", number));
		}).toList();
		for (int i = 0; i < 60; i++) {
			CompletableFuture<String> future = futures.get(i);
			if (i == 20 || i == 40) {
				assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> get(future))
					.withCauseInstanceOf((i == 20) ? EntityTypeException.class : DuplicateKeyException.class);
			}
			else {
				assertThat(this.entities.get("events", get(future)).orElseThrow().fields()).containsEntry("number",
						100 + i);
			}
		}
		assertThat(this.entities.count("events")).isEqualTo(59);
		assertThat(this.entities.history("events", "e40")).isEmpty();
	}

	@Test
	void eachIsRecordedInTheNameOfItsCaller() {
		List<CompletableFuture<String>> futures = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			this.fixture.user = "user-" + i % 3;
			futures.add(this.writer.save("e" + i, Map.of("number", i),
					ChangeOptions.defaults().comment((i % 2 == 0) ? "even" : null)));
		}
		for (int i = 0; i < 30; i++) {
			EntityVersion version = this.entities.history("events", get(futures.get(i))).get(0);
			assertThat(version.record().createdBy()).isEqualTo("user-" + i % 3);
			assertThat(version.record().updatedBy()).isEqualTo("user-" + i % 3);
			assertThat(version.comment()).isEqualTo((i % 2 == 0) ? "even" : null);
		}
	}

	@Test
	void newFieldsComeAsWithSingleSaves() {
		List<CompletableFuture<String>> futures = IntStream.range(0, 40)
			.mapToObj((i) -> this.writer.save(Map.of("id", "e" + i, "field_" + i % 4, i)))
			.toList();
		futures.forEach(BatchWriterTests::get);
		assertThat(this.entities.known()).extractingByKey("events")
			.satisfies((fields) -> assertThat(fields).containsOnlyKeys("field_0", "field_1", "field_2", "field_3"));
		assertThat(this.entities.get("events", "e39").orElseThrow().fields()).containsEntry("field_3", 39);
	}

	@Test
	@OnOneNode(OnOneNode.LOCKS)
	@NotOnClusters(value = "Galera changes tables at once, and aborts the transactions that use them",
			of = TestDatabase.MARIADB)
	void whenTablesCannotBeChangedForNowThenThatIsWaitedForOnceAndTheOthersAreSaved() throws SQLException {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
		try (EntityFixture application = EntityFixture.impatient(this.fixture.instance);
				Logs changes = Logs.of(SchemaEvolution.class.getName());
				Connection reader = this.fixture.instance.dataSource().getConnection()) {
			BatchWriter impatientWriter = application.entities().writer("events");
			get(impatientWriter.save("first", Map.of("number", 0)));
			reader.setAutoCommit(false);
			new JdbcTemplate(new SingleConnectionDataSource(reader, true)).queryForList("SELECT id FROM events");
			int before = changes.at(Level.INFO).size();
			assertThatExceptionOfType(EntitySchemaException.class)
				.isThrownBy(() -> application.entities().save("events", "alone", Map.of("more", 1)));
			int alone = changes.at(Level.INFO).size() - before;
			List<CompletableFuture<String>> futures = IntStream.range(0, 60)
				.mapToObj((i) -> impatientWriter.save("e" + i, Map.of((i % 3 == 0) ? "number" : "more", i)))
				.toList();
			for (int i = 0; i < 60; i++) {
				CompletableFuture<String> future = futures.get(i);
				if (i % 3 == 0) {
					assertThat(get(future)).isEqualTo("e" + i);
				}
				else {
					assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> get(future))
						.withCauseInstanceOf(EntitySchemaException.class);
				}
			}
			assertThat(changes.at(Level.INFO).size() - before).as("for a group of one, and one of the rest")
				.isBetween(2 * alone, 5 * alone);
		}
		assertThat(this.entities.count("events")).isEqualTo(21);
	}

	@Test
	void aSaveIsOutsideOfTheTransactionOfTheCaller() {
		get(this.writer.save("before", Map.of("number", 0)));
		new TransactionTemplate(this.fixture.db.transactionManager()).executeWithoutResult((status) -> {
			get(this.writer.save("e", Map.of("number", 1)));
			status.setRollbackOnly();
		});
		assertThat(this.entities.exists("events", "e")).isTrue();
	}

	@Test
	void anOperationIsNotRepeatedAfterItsSaveWasCommitted() {
		AtomicInteger attempts = new AtomicInteger();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.fixture.db.execute(
				(spec) -> spec.maxRetries(3)
					.scope(Scope.NONE)
					.classifier((failure) -> Classification.retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION)),
				() -> {
					attempts.incrementAndGet();
					get(this.writer.save(Map.of("number", 1)));
					throw new IllegalStateException("after the save");
				}));
		assertThat(attempts).hasValue(1);
		assertThat(this.entities.count("events")).isOne();
	}

	@Test
	void closingWaitsForWhatWasTaken() {
		List<CompletableFuture<String>> futures = IntStream.range(0, 1000)
			.mapToObj((i) -> this.writer.save("e" + i, Map.of("number", i)))
			.toList();
		this.writer.close();
		assertThat(futures).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
		assertThat(this.entities.count("events")).isEqualTo(1000);
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> get(this.writer.save(Map.of("number", 1))))
			.withCauseInstanceOf(TransientDataAccessResourceException.class);
		assertThat(get(this.entities.writer("events").save("again", Map.of("number", 1)))).as("another writer")
			.isEqualTo("again");
	}

	@Test
	void whatWasTakenIsWrittenBeforeThePoolIsClosed() {
		get(this.writer.save("first", Map.of("number", 0)));
		List<CompletableFuture<String>> futures = IntStream.range(0, 1000)
			.mapToObj((i) -> this.writer.save("e" + i, Map.of("number", i)))
			.toList();
		this.fixture.pool.close(Duration.ofSeconds(30));
		assertThat(futures).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
	}

	@Test
	void whatWasTakenIsWrittenBeforeTheApplicationStops() {
		get(this.writer.save("first", Map.of("number", 0)));
		PoolRegistry pools = new PoolRegistry();
		pools.register(this.fixture.pool);
		List<CompletableFuture<String>> futures = IntStream.range(0, 1000)
			.mapToObj((i) -> this.writer.save("e" + i, Map.of("number", i)))
			.toList();
		pools.quiesce(Duration.ofSeconds(30));
		assertThat(futures).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
	}

	@Test
	void whatIsNotWrittenWhenThePoolIsClosedIsNotAcknowledged() throws Exception {
		get(this.writer.save("first", Map.of("number", 0)));
		List<CompletableFuture<String>> futures = IntStream.range(0, 5000)
			.mapToObj((i) -> this.writer.save("e" + i, Map.of("number", i)))
			.toList();
		this.fixture.pool.close();
		long acknowledged = futures.stream().filter((future) -> {
			future.exceptionally((failure) -> null).orTimeout(60, TimeUnit.SECONDS).join();
			return !future.isCompletedExceptionally();
		}).count();
		try (EntityFixture after = new EntityFixture(this.fixture.instance)) {
			Map<String, EntityRecord> there = after.entities()
				.find("events", EntityQuery.all())
				.stream()
				.collect(Collectors.toMap(EntityRecord::id, Function.identity()));
			assertThat(acknowledged).isLessThanOrEqualTo(there.size() - 1);
			for (int i = 0; i < 5000; i++) {
				CompletableFuture<String> future = futures.get(i);
				if (!future.isCompletedExceptionally()) {
					assertThat(there).containsKey("e" + i);
				}
			}
		}
	}

	@Test
	void thereIsOneWriterOfAnEntity() {
		assertThat(this.entities.writer("events")).isSameAs(this.writer).isNotSameAs(this.entities.writer("others"));
	}

}

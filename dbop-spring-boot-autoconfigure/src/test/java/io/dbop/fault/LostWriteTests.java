package io.dbop.fault;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import io.dbop.annotation.DbRetry;
import io.dbop.database.Database;
import io.dbop.entity.EntityOperations;
import io.dbop.entity.EntityVersion;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.execution.Scope;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.FaultForm;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Writes other than transactions of a method: whatever of their conversation is lost,
 * they are done once, or reported as in doubt and done at most once.
 */
@Tag("fault")
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class LostWriteTests {

	private static final int ROUNDS = FaultForm.choose(2, 20);

	/** More statements than any of the writes has. */
	private static final int MOST_STATEMENTS = 30;

	private static final String NO_BREAKER = "dbop.databases.main.circuit-breaker.enabled=false";

	private static final AtomicInteger ids = new AtomicInteger();

	private final DatabaseInstance database;

	private final JdbcClient direct;

	private final List<WireProxy> proxies = new ArrayList<>();

	LostWriteTests(DatabaseInstance database) {
		this.database = database;
		this.direct = JdbcClient.create(database.dataSource());
		this.direct.sql("create table item (id bigint not null)").update();
	}

	@AfterEach
	void close() {
		this.proxies.forEach(WireProxy::close);
	}

	@Test
	@DisplayName("T6: a single write that commits by itself is in doubt when its answer is lost, and not repeated")
	void whenTheAnswerToASingleWriteIsLostThenItIsReportedAndNotRepeated() {
		onEachDriver((context, proxy) -> {
			Items items = context.getBean(Items.class);
			Database handle = context.getBean(Database.class);
			List<Consumer<Long>> writes = List.of(items::add,
					(id) -> handle.sql("insert into [item] ([id]) values (?)").params(id).update());
			for (Consumer<Long> write : writes) {
				for (int round = 0; round < ROUNDS; round++) {
					for (CutPoint point : CutPoint.values()) {
						loseInsert(proxy, point, write);
					}
				}
			}
		});
	}

	private void loseInsert(WireProxy proxy, CutPoint point, Consumer<Long> write) {
		long id = newId();
		int cuts = proxy.statementCuts(point);
		proxy.cutNext((sql) -> sql.toLowerCase(Locale.ROOT).startsWith("insert into"), point);
		assertThat(catchThrowable(() -> write.accept(id))).isInstanceOf(CommitOutcomeUnknownException.class);
		assertThat(proxy.statementCuts(point)).isEqualTo(cuts + 1);
		assertThat(count(id)).isEqualTo((point == CutPoint.BEFORE_ANSWER) ? 1 : 0);
	}

	@Test
	@DisplayName("T6 T7: a batch, and several statements of a transaction, are there as a whole once, or in doubt at most once")
	void whenAnyStatementIsLostThenATransactionIsDoneAsAWholeAndOnce() {
		onEachDriver((context, proxy) -> {
			Database handle = context.getBean(Database.class);
			loseEach(proxy, () -> {
				List<Long> ids = List.of(newId(), newId(), newId());
				return new Trial(() -> handle.sql("insert into [item] ([id]) values (?)")
					.batch(ids.stream().map((id) -> new Object[] { id }).toList())
					.execute(), () -> checkAllOrNone(ids));
			});
			loseEach(proxy, () -> {
				List<Long> ids = List.of(newId(), newId(), newId());
				return new Trial(() -> handle.inTransaction((transaction) -> {
					for (Long id : ids) {
						transaction.sql("insert into [item] ([id]) values (?)").params(id).update();
					}
				}), () -> checkAllOrNone(ids));
			});
		});
	}

	private int checkAllOrNone(List<Long> ids) {
		Set<Integer> counts = new HashSet<>();
		ids.forEach((id) -> counts.add(count(id)));
		assertThat(counts).as("how often each row is there").hasSize(1);
		return counts.iterator().next();
	}

	@Test
	@DisplayName("T6 T7: an entity saved is there once with one version, or in doubt with at most one")
	void whenAnyStatementIsLostThenASaveIsNeverDoubledNorHalf() {
		onEachDriver((context, proxy) -> {
			// MySQL's driver refuses the result of an INSERT, which MariaDB has.
			boolean refusesResults = this.database.database() == TestDatabase.MARIADB && context.getEnvironment()
				.getRequiredProperty("dbop.databases.main.url")
				.startsWith("jdbc:mysql:");
			if (refusesResults) {
				return;
			}
			EntityOperations entities = context.getBean(Database.class).entities();
			entities.save("note", "known", Map.of("x", 0));
			loseEach(proxy, () -> {
				String id = "new" + newId();
				return new Trial(() -> entities.save("note", id, Map.of("x", 1)), () -> versions(entities, id));
			});
			loseEach(proxy, () -> {
				int before = versions(entities, "known");
				return new Trial(() -> entities.save("note", "known", Map.of("x", newId())),
						() -> versions(entities, "known") - before);
			});
		});
	}

	/** How many versions there are, without gaps, the last of which is the present. */
	private static int versions(EntityOperations entities, String id) {
		List<Long> history = entities.history("note", id).stream().map(EntityVersion::version).sorted().toList();
		for (int i = 0; i < history.size(); i++) {
			assertThat(history.get(i)).isEqualTo(i + 1);
		}
		long present = entities.get("note", id).map((entity) -> entity.version()).orElse(0L);
		assertThat(history).hasSize((int) present);
		return history.size();
	}

	/** Cuts a first trial at its first statement, a second at its second, and so on. */
	private static void loseEach(WireProxy proxy, Supplier<Trial> trials) {
		for (CutPoint point : CutPoint.values()) {
			int lost = 0;
			while (lost(proxy, point, lost, trials.get())) {
				assertThat(++lost).isLessThan(MOST_STATEMENTS);
			}
			assertThat(lost).as("statements lost").isPositive();
		}
	}

	private static boolean lost(WireProxy proxy, CutPoint point, int passing, Trial trial) {
		int cuts = proxy.statementCuts(point);
		AtomicInteger passed = new AtomicInteger();
		AtomicInteger armed = new AtomicInteger(1);
		proxy.cutNext((sql) -> armed.get() == 1 && passed.getAndIncrement() == passing, point);
		Throwable thrown = catchThrowable(trial.write()::run);
		armed.set(0);
		boolean cut = proxy.statementCuts(point) > cuts;
		int done = trial.done().getAsInt();
		if (thrown == null) {
			assertThat(done).isOne();
		}
		else {
			assertThat(cut).isTrue();
			assertThat(thrown).isInstanceOf(CommitOutcomeUnknownException.class);
			assertThat(done).isEqualTo((point == CutPoint.BEFORE_ANSWER) ? 1 : 0);
		}
		return cut;
	}

	private void onEachDriver(Task task) {
		for (DatabaseInstance driver : this.database.drivers()) {
			WireProxy proxy = driver.proxy();
			this.proxies.add(proxy);
			Applications.jdbc()
				.withPropertyValues(Applications.alias("main", driver.through(proxy)))
				// The driver does not tell the server that it talks to.
				.withPropertyValues("dbop.databases.main.type=" + driver.database().name().toLowerCase(Locale.ROOT),
						"dbop.databases.main.driver-class-name=" + driver.driverClassName())
				.withPropertyValues(NO_BREAKER, "dbop.databases.main.retry.initial-delay=1ms",
						"dbop.databases.main.pool.min=1", "dbop.databases.main.pool.max=2")
				.withBean(Items.class)
				.run((context) -> {
					context.getBean(Items.class).add(newId());
					task.run(context, proxy);
				});
		}
	}

	private static long newId() {
		return ids.incrementAndGet();
	}

	private int count(long id) {
		return this.direct.sql("select count(*) from item where id = ?").param(id).query(Integer.class).single();
	}

	/**
	 * Something that is written.
	 *
	 * @param write writes it
	 * @param done how often it is there
	 */
	private record Trial(Runnable write, IntSupplier done) {

	}

	private interface Task {

		void run(ApplicationContext context, WireProxy proxy);

	}

	static class Items {

		private final JdbcClient client;

		Items(JdbcClient client) {
			this.client = client;
		}

		@DbRetry(scope = Scope.NONE)
		void add(long id) {
			this.client.sql("insert into item (id) values (?)").param(id).update();
		}

	}

}

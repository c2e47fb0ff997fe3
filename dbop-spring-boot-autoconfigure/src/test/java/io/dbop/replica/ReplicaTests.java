package io.dbop.replica;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.actuate.DatabaseDescriptor;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.actuate.ReplicaDescriptor;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerState;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.execution.PreAttemptHook;
import io.dbop.pool.PoolRegistry;
import io.dbop.statement.InvalidParametersException;
import io.dbop.test.PostgresPair;
import io.dbop.test.wire.RoundTrips;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What goes to a replica, and what to the primary. */
class ReplicaTests {

	private static PostgresPair pair;

	@BeforeAll
	static void start() throws SQLException {
		pair = PostgresPair.start();
		pair.commitAlone();
	}

	@AfterAll
	static void stop() {
		pair.close();
	}

	@Test
	void whatIsDeclaredReadOnlyGoesToTheReplicaAndAllElseToThePrimary() {
		Pair.application(pair).run((context) -> {
			Pair.awaitAvailable(context);
			Notes notes = context.getBean(Notes.class);
			assertThat(notes.springRead()).isEqualTo("replica");
			assertThat(notes.dbopRead()).isEqualTo("replica");
			assertThat(notes.declaredStatement()).isEqualTo("replica");
			assertThat(notes.twice()).isEqualTo("replica replica");
			assertThat(notes.springWrite()).isEqualTo("primary");
			assertThat(notes.dbopWrite()).isEqualTo("primary");
			assertThat(notes.where()).isEqualTo("primary");
			assertThat(notes.plainStatement()).isEqualTo("primary");
			assertThat(notes.declaredStatementInTransaction()).isEqualTo("primary");
		});
	}

	@Test
	void otherWaysToDeclareThatSomethingIsReadOnlyDoTheSame() {
		Pair.application(pair).run((context) -> {
			Pair.awaitAvailable(context);
			Database db = context.getBean(Database.class);
			assertThat(db.<String, RuntimeException>inTransaction((spec) -> spec.readOnly(),
					(transaction) -> transaction.sql(Notes.WHERE).single(String.class)))
				.isEqualTo("replica");
			try (Stream<String> rows = db.sql(Notes.WHERE).readOnly().query(String.class).stream()) {
				assertThat(rows).containsExactly("replica");
			}
			assertThat(db.async().sql(Notes.WHERE).readOnly().single(String.class).join()).isEqualTo("replica");
			assertThat(db.sql(Notes.WHERE).readOnly().lockTimeout(Duration.ofSeconds(1)).single(String.class))
				.isEqualTo("replica");
			try (Connection connection = db.dataSource().getConnection()) {
				connection.setReadOnly(true);
				assertThat(connection.createStatement().executeQuery(Notes.WHERE).next()).isTrue();
				assertThat(connection.getMetaData().getURL()).contains(pair.replicaAuthority());
				connection.setReadOnly(false);
				assertThat(connection.getMetaData().getURL()).doesNotContain(pair.replicaAuthority());
				connection.setReadOnly(true);
				assertThat(connection.getMetaData().getURL()).doesNotContain(pair.replicaAuthority());
			}
			assertThatExceptionOfType(InvalidParametersException.class)
				.isThrownBy(() -> db.sql("delete from note").readOnly().update())
				.withMessageContaining("declared to read only");
		});
	}

	@Test
	void aHookIsOnTheServerThatItsStatementIsReadOn() {
		List<String> hooks = new ArrayList<>();
		PreAttemptHook hook = (attempt) -> hooks
			.add(new JdbcTemplate(attempt.dataSource()).queryForObject(Notes.WHERE, String.class));
		Pair.application(pair).withBean(PreAttemptHook.class, () -> hook).run((context) -> {
			Pair.awaitAvailable(context);
			Database db = context.getBean(Database.class);
			hooks.clear();
			assertThat(db.sql(Notes.WHERE).readOnly().single(String.class)).isEqualTo("replica");
			try (Stream<String> rows = db.sql(Notes.WHERE).readOnly().query(String.class).stream()) {
				assertThat(rows).containsExactly("replica");
			}
			assertThat(db.sql(Notes.WHERE).single(String.class)).isEqualTo("primary");
			assertThat(hooks).containsExactly("replica", "replica", "primary");
		});
	}

	@Test
	void entitiesAreReadOnTheReplicaInReadOnlyTransactionsAlone() {
		Pair.application(pair).run((context) -> {
			Pair.awaitAvailable(context);
			Database db = context.getBean(Database.class);
			String id = db.entities().save("thing", Map.of("name", "x")).id();
			awaitReplica(context.getBean(Notes.class));
			long before = Pair.replica(context).pool().statistics().acquired();
			assertThat(db.entities().get("thing", id)).isPresent();
			assertThat(Pair.replica(context).pool().statistics().acquired()).isEqualTo(before);
			assertThat(db.<Boolean, RuntimeException>inTransaction((spec) -> spec.readOnly(),
					(transaction) -> db.entities().get("thing", id).isPresent()))
				.isTrue();
			assertThat(Pair.replica(context).pool().statistics().acquired()).isEqualTo(before + 1);
		});
	}

	@Test
	void whoHasWrittenReadsFromThePrimaryUntilTheReplicaHasIt() throws Exception {
		Pair.application(pair).run((context) -> {
			Pair.awaitAvailable(context);
			Notes notes = context.getBean(Notes.class);
			notes.make();
			awaitReplica(notes);
			pair.pauseReplay();
			try {
				notes.add(1);
				assertThat(notes.has(1)).isTrue();
				assertThat(notes.springRead()).isEqualTo("primary");
				assertThat(notes.declaredStatement()).isEqualTo("primary");
				assertThat(elsewhere(notes::springRead)).isEqualTo("replica");
				assertThat(elsewhere(() -> notes.has(1))).isFalse();
				assertThat(elsewhere(() -> {
					notes.addByItself(2);
					return notes.has(2);
				})).isTrue();
				assertThat(elsewhere(() -> {
					notes.addInABatch(3);
					return notes.has(3);
				})).isTrue();
				assertThat(elsewhere(() -> {
					notes.addInABatchByItself(4);
					return notes.has(4);
				})).isTrue();
			}
			finally {
				pair.resumeReplay();
			}
			awaitReplica(notes);
			assertThat(notes.has(1)).isTrue();
		});
	}

	@Test
	void whenStickinessIsOverThenWhoHasWrittenMayReadOldData() {
		Pair.application(pair, "dbop.databases.main.replica.stickiness=300ms").run((context) -> {
			Pair.awaitAvailable(context);
			Notes notes = context.getBean(Notes.class);
			notes.make();
			awaitReplica(notes);
			pair.pauseReplay();
			try {
				notes.add(10);
				assertThat(notes.springRead()).isEqualTo("primary");
				awaitReplica(notes);
				assertThat(notes.has(10)).isFalse();
			}
			finally {
				pair.resumeReplay();
			}
		});
	}

	@Test
	void aReplicaThatLagsBehindIsLeftOutAndComesBack() {
		Pair.application(pair, "dbop.databases.main.replica.max-lag=500ms").run((context) -> {
			Pair.awaitAvailable(context);
			Notes notes = context.getBean(Notes.class);
			notes.make();
			awaitReplica(notes);
			pair.pauseReplay();
			try {
				elsewhere(() -> {
					notes.add(20);
					return true;
				});
				await().pollInSameThread()
					.atMost(3, TimeUnit.SECONDS)
					.until(() -> notes.springRead().equals("primary"));
				assertThat(Pair.replica(context).lag()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
				assertThat(Pair.replica(context).problem()).isEqualTo("it lags behind");
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				assertThat(health(context).getDetails()).containsEntry("main-replica-1", "it lags behind");
			}
			finally {
				pair.resumeReplay();
			}
			awaitReplica(notes);
			assertThat(health(context).getDetails()).containsEntry("main-replica-1", "gets reads");
		});
	}

	@Test
	void whileNobodyWritesThereIsNoLag() {
		Pair.application(pair, "dbop.databases.main.replica.max-lag=400ms").run((context) -> {
			Pair.awaitAvailable(context);
			Notes notes = context.getBean(Notes.class);
			Set<String> servers = new HashSet<>();
			String before;
			do {
				// The server itself writes something now and then.
				servers.clear();
				awaitReplica(notes);
				before = notes.position();
				pair.pauseReplay();
				try {
					long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
					while (System.nanoTime() < end) {
						servers.add(notes.springRead());
					}
				}
				finally {
					pair.resumeReplay();
				}
			}
			while (!notes.position().equals(before));
			assertThat(servers).containsExactly("replica");
		});
	}

	@Test
	void whenTheReplicaIsGoneThenNoCallerNoticesAndWhenItIsBackItGetsReadsAgain() {
		try (WireProxy way = Pair.proxy(pair)) {
			Pair.application(pair, way).run((context) -> {
				Pair.awaitAvailable(context);
				Notes notes = context.getBean(Notes.class);
				assertThat(notes.springRead()).isEqualTo("replica");
				way.down();
				assertThat(notes.springRead()).isEqualTo("primary");
				assertThat(notes.springRead()).isEqualTo("primary");
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				assertThat(health(context).getDetails().get("main-replica-1")).asString().isNotEqualTo("gets reads");
				way.up();
				awaitReplica(notes);
				assertThat(context.getBean(BreakerRegistry.class).breaker("main").state())
					.isEqualTo(BreakerState.CLOSED);
				assertThat(context.getBean(BreakerRegistry.class).breaker("main").failed()).isZero();
			});
		}
	}

	@Test
	void whenTheReplicaDiesInTheMiddleOfAReadThenItIsReadElsewhere() {
		try (WireProxy way = Pair.proxy(pair)) {
			Pair.application(pair, way).run((context) -> {
				Pair.awaitAvailable(context);
				Notes notes = context.getBean(Notes.class);
				Future<String> reading = CompletableFuture.supplyAsync(() -> notes.slowRead(0.5));
				await().until(() -> Pair.replica(context).pool().status().active() == 1);
				await().until(
						() -> pair
							.askReplica("select count(*) from pg_stat_activity where query like '%pg_sleep%'"
									+ " and state = 'active' and pid <> pg_backend_pid()")
							.equals("1"));
				way.down();
				assertThat(reading.get(5, TimeUnit.SECONDS)).isEqualTo("primary");
				assertThat(context.getBean(BreakerRegistry.class).breaker("main").failed()).isZero();
			});
		}
	}

	@Test
	void whenTheReplicaIsSilentThenWhoWaitsForAConnectionGoesOnToThePrimary() {
		try (WireProxy way = Pair.proxy(pair)) {
			Pair.application(pair, way, "dbop.databases.main.pool.max=1").run((context) -> {
				Pair.awaitAvailable(context);
				Notes notes = context.getBean(Notes.class);
				assertThat(notes.springRead()).isEqualTo("replica");
				Future<String> reading = CompletableFuture.supplyAsync(() -> notes.slowRead(0.3));
				await().until(() -> Pair.replica(context).pool().status().active() == 1);
				way.blackHole();
				List<Future<String>> waiting = new ArrayList<>();
				for (int i = 0; i < 3; i++) {
					waiting.add(CompletableFuture.supplyAsync(notes::springRead, (task) -> new Thread(task).start()));
				}
				for (Future<String> each : waiting) {
					assertThat(each.get(5, TimeUnit.SECONDS)).isEqualTo("primary");
				}
				assertThat(reading.isDone()).isFalse();
				way.cut();
				assertThat(reading.get(5, TimeUnit.SECONDS)).isEqualTo("primary");
				way.heal();
				awaitReplica(notes);
			});
		}
	}

	@Test
	void whenTheReplicaIsSilentThenWhoWaitsForItToBeConnectedGoesOnToThePrimary() {
		try (WireProxy way = Pair.proxy(pair)) {
			Pair.application(pair, way).run((context) -> {
				Pair.awaitAvailable(context);
				Notes notes = context.getBean(Notes.class);
				assertThat(notes.springRead()).isEqualTo("replica");
				way.blackHole();
				Pair.replica(context).pool().evict();
				assertThat(Pair.replica(context).available()).isTrue();
				assertThat(CompletableFuture.supplyAsync(notes::springRead).get(6, TimeUnit.SECONDS))
					.isEqualTo("primary");
			});
		}
	}

	@Test
	void whenAConnectionBreaksThenTheReplicaIsLeftOutUntilItHasAnsweredAgain() {
		try (WireProxy way = Pair.proxy(pair)) {
			Pair.application(pair, way, "dbop.databases.main.replica.check-interval=2s").run((context) -> {
				Pair.awaitAvailable(context);
				Notes notes = context.getBean(Notes.class);
				assertThat(notes.springRead()).isEqualTo("replica");
				way.cut();
				assertThat(notes.springRead()).isEqualTo("primary");
				assertThat(Pair.replica(context).available()).isFalse();
				awaitReplica(notes);
			});
		}
	}

	@Test
	void whenNoReplicaIsThereAtTheStartThenTheApplicationStartsAndReadsFromThePrimary() {
		try (WireProxy way = Pair.proxy(pair)) {
			way.down();
			Pair.application(pair, way).run((context) -> {
				Notes notes = context.getBean(Notes.class);
				assertThat(notes.springRead()).isEqualTo("primary");
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				way.up();
				awaitReplica(notes);
			});
		}
	}

	@Test
	void whenReadsMustNotGoToThePrimaryThenTheyFailAndWritesGoOn() {
		try (WireProxy way = Pair.proxy(pair)) {
			Pair.application(pair, way, "dbop.databases.main.replica.without=fail",
					"dbop.databases.main.retry.max-retries=1")
				.run((context) -> {
					Pair.awaitAvailable(context);
					Notes notes = context.getBean(Notes.class);
					notes.make();
					notes.add(30);
					assertThat(notes.has(30)).isTrue();
					way.down();
					Pair.awaitGone(context);
					for (int i = 0; i < 10; i++) {
						assertThatThrownBy(notes::dbopRead).rootCause()
							.hasMessageContaining("No replica of database 'main' may answer");
						assertThatThrownBy(notes::springRead).rootCause().hasMessageContaining("replica.without=fail");
					}
					notes.add(31);
					assertThat(notes.springWrite()).isEqualTo("primary");
					way.up();
					await().until(() -> Pair.replica(context).available());
					awaitReplica(notes);
				});
		}
	}

	@Test
	void whenReadsMustNotGoToThePrimaryThenTheFirstReadOfTheApplicationFindsTheReplica() {
		Pair.application(pair, "dbop.databases.main.replica.without=fail", "dbop.databases.main.retry.max-retries=0")
			.run((context) -> assertThat(context.getBean(Notes.class).springRead()).isEqualTo("replica"));
	}

	@Test
	void whenSwitchedOffOrWithoutReplicasThenTheDataSourceIsThePool() {
		Pair.application(pair, "dbop.enabled=false").run((context) -> {
			assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class);
			assertThat(context.getBean(Replicas.class).of("main")).isEmpty();
		});
		Pair.replicated(pair, "")
			.run((context) -> assertThat(context.getBean(DataSource.class)).isInstanceOf(HikariDataSource.class));
	}

	@Test
	void whenSeveralReplicasAreConfiguredThenTheOthersServeForOneThatIsAway() {
		try (WireProxy one = Pair.proxy(pair); WireProxy other = Pair.proxy(pair)) {
			Pair.replicated(pair, Pair.authority(one) + "," + Pair.authority(other)).run((context) -> {
				List<Replica> replicas = context.getBean(Replicas.class).of("main");
				await().until(() -> replicas.stream().allMatch(Replica::available));
				Notes notes = context.getBean(Notes.class);
				for (int i = 0; i < 10; i++) {
					assertThat(notes.springRead()).isEqualTo("replica");
				}
				assertThat(replicas)
					.allSatisfy((each) -> assertThat(each.pool().statistics().acquired()).isGreaterThanOrEqualTo(5));
				one.down();
				for (int i = 0; i < 10; i++) {
					assertThat(notes.springRead()).isEqualTo("replica");
				}
			});
		}
	}

	@Test
	void aWriteInAReadOnlyTransactionIsRefusedAndNotRepeated() {
		Pair.application(pair).run((context) -> {
			Pair.awaitAvailable(context);
			Notes notes = context.getBean(Notes.class);
			notes.make();
			awaitReplica(notes);
			assertThatThrownBy(notes::writeThoughReadOnly).rootCause()
				.isInstanceOfSatisfying(SQLException.class, (ex) -> assertThat(ex.getSQLState()).isEqualTo("25006"));
			assertThat(Pair.replica(context).available()).isTrue();
		});
	}

	@Test
	void aReadThatTheReplicaCancelsForWhatThePrimaryDidIsRepeated() throws SQLException {
		pair.askReplica("alter system set max_standby_streaming_delay = '10ms'");
		pair.askReplica("select pg_reload_conf()");
		Pair.application(pair).run((context) -> {
			Pair.awaitAvailable(context);
			Notes notes = context.getBean(Notes.class);
			notes.make();
			awaitReplica(notes);
			List<Integer> attempts = new ArrayList<>();
			List<String> servers = notes.readTwice(() -> {
				attempts.add(1);
				if (attempts.size() == 1) {
					conflict(notes, context);
				}
			});
			assertThat(attempts).hasSizeGreaterThan(1);
			assertThat(servers).hasSize(2);
		});
		pair.askReplica("alter system reset max_standby_streaming_delay");
		pair.askReplica("select pg_reload_conf()");
	}

	/** The replica needs a lock for what the primary has done, which the reader has. */
	private static void conflict(Notes notes, ApplicationContext context) {
		String before = "select sum(confl_lock) from pg_stat_database_conflicts";
		try {
			String count = pair.askReplica(before);
			CompletableFuture.runAsync(() -> notes.clear()).join();
			await().until(() -> !pair.askReplica(before).equals(count));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void manyThreadsNeverMissWhatTheyWroteAndReadFromTheReplicaToo() {
		Pair.application(pair).run((context) -> {
			Pair.awaitAvailable(context);
			Notes notes = context.getBean(Notes.class);
			notes.make();
			ExecutorService threads = Executors.newFixedThreadPool(8);
			List<Future<Integer>> misses = new ArrayList<>();
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
			for (int i = 0; i < 8; i++) {
				int first = 1_000_000 * (i + 1);
				misses.add(threads.submit(() -> {
					int missed = 0;
					for (int id = first; System.nanoTime() < end; id++) {
						notes.add(id);
						for (int read = 0; read < 40; read++) {
							missed += notes.has(id) ? 0 : 1;
						}
					}
					return missed;
				}));
			}
			for (Future<Integer> each : misses) {
				assertThat(each.get()).isZero();
			}
			threads.shutdown();
			assertThat(Pair.replica(context).pool().statistics().acquired()).isGreaterThan(100);
		});
	}

	@Test
	void aReadOnTheReplicaCostsNoMoreRoundTripsThanOneOnThePrimary() {
		try (WireProxy way = Pair.proxy(pair)) {
			Pair.application(pair, way, "dbop.databases.main.replica.max-lag=100s",
					"dbop.databases.main.replica.check-interval=50s", "dbop.databases.main.pool.max=1")
				.run((context) -> {
					Pair.awaitAvailable(context);
					Notes notes = context.getBean(Notes.class);
					assertThat(notes.springRead()).isEqualTo("replica");
					assertThat(RoundTrips.of(way, notes::declaredStatement)).isOne();
					assertThat(RoundTrips.of(way, notes::springRead)).isEqualTo(2);
					assertThat(RoundTrips.of(way, notes::dbopRead)).isEqualTo(2);
				});
		}
	}

	@Test
	void theReplicaIsNoAliasAndHasItsPlaceInWhatIsTold() {
		Pair.application(pair, "management.endpoints.web.exposure.include=dbop").run((context) -> {
			Pair.awaitAvailable(context);
			context.getBean(Notes.class).springRead();
			assertThat(context.getBean(Databases.class).all()).extracting(Database::alias).containsExactly("main");
			assertThat(context.getBean(PoolRegistry.class).get("main-replica-1").status().max()).isEqualTo(4);
			assertThat(((CompositeHealthContributor) context.getBean("dbopHealthContributor")).stream()).hasSize(1);
			DatabaseDescriptor told = context.getBean(DbopEndpoint.class).database("main");
			ReplicaDescriptor replica = told.replicas().get(0);
			assertThat(replica.available()).isTrue();
			assertThat(replica.location()).contains(pair.replicaAuthority());
			assertThat(replica.lagMillis()).isBetween(0L, 2000L);
			assertThat(replica.pool().acquired()).isOne();
			assertThat(replica.advice()).isNotNull();
		});
	}

	/** On this thread, which may have written. */
	private static void awaitReplica(Notes notes) {
		await().pollInSameThread().until(() -> notes.springRead().equals("replica"));
	}

	private static Health health(ApplicationContext context) {
		CompositeHealthContributor all = (CompositeHealthContributor) context.getBean("dbopHealthContributor");
		return ((HealthIndicator) all.getContributor("main")).health();
	}

	/** On a thread that has written nothing. */
	private static <T> T elsewhere(Callable<T> task) throws Exception {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			return thread.submit(task).get();
		}
		finally {
			thread.shutdown();
		}
	}

}

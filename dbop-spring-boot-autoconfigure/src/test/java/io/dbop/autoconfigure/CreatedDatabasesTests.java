package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.actuate.DatabaseDescriptor;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.autoconfigure.ShutdownFixture.Pause;
import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.database.DuplicateDatabaseException;
import io.dbop.database.UnknownDatabaseException;
import io.dbop.execution.Scope;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.DatabaseConfig;
import io.dbop.pool.DatabaseConfigBuilder;
import io.dbop.pool.InvalidDatabaseConfigException;
import io.dbop.pool.PoolClosedException;
import io.dbop.pool.PoolRegistry;
import io.dbop.pool.PoolStartException;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.dbop.autoconfigure.ShutdownFixture.async;
import static io.dbop.autoconfigure.ShutdownFixture.closing;
import static io.dbop.autoconfigure.ShutdownFixture.hasThreads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/** Databases that come and go while the application runs. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
class CreatedDatabasesTests {

	private final DatabaseInstance database;

	private final Pause pause = new Pause();

	private ConfigurableApplicationContext application;

	private Databases databases;

	CreatedDatabasesTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void start() {
		this.application = Applications.start(Beans.class, Applications.inMemory("main"),
				"spring.lifecycle.timeout-per-shutdown-phase=300ms", "management.endpoints.web.exposure.include=dbop",
				"dbop.databases.tenant.at-run-time=true", "dbop.databases.tenant.circuit-breaker.failure-threshold=7");
		this.databases = this.application.getBean(Databases.class);
		JdbcClient.create(this.database.dataSource()).sql("create table item (id integer primary key)").update();
	}

	@AfterEach
	void close() {
		this.pause.over.countDown();
		this.application.close();
		await().untilAsserted(() -> assertThat(hasThreads("tenant")).isFalse());
	}

	@Test
	void whenCreatedThenItHasWhatAConfiguredOneHas() {
		Database tenant = this.databases.create(config().build());
		insert(tenant, 1);
		assertThat(rows()).containsExactly(1);
		assertThat(this.databases.get("tenant")).isSameAs(tenant);
		assertThat(this.databases.all()).extracting(Database::alias).containsExactly("main", "tenant");
		assertThat(tenant.jdbcClient().sql("select count(*) from item").query(Integer.class).single()).isOne();
		DatabaseDescriptor shown = this.application.getBean(DbopEndpoint.class).database("tenant");
		assertThat(shown.configuration()).containsEntry("source", "created at run time");
		assertThat(shown.operations()).containsKey("insert");
		assertThat(shown.pool().version()).isNotNull();
		assertThat(breakers()).singleElement()
			.satisfies((breaker) -> assertThat(breaker.settings().failureThreshold()).isEqualTo(7));
		assertThat(health("tenant")).isEqualTo(Status.UP);
		MeterRegistry meters = this.application.getBean(MeterRegistry.class);
		assertThat(meters.get("dbop.pool.active").tag("alias", "tenant").gauge().value()).isZero();
		assertThat(meters.get("dbop.operations").tag("alias", "tenant").functionTimer().count()).isOne();
		assertThat(meters.get("dbop.circuit.failures").tag("alias", "tenant").gauge().value()).isZero();
	}

	@Test
	void whenRemovedThenNothingIsLeftAndItsHandleSaysSo() {
		Database tenant = this.databases.create(config().build());
		insert(tenant, 1);
		assertThat(this.databases.remove("tenant")).isTrue();
		assertThat(this.databases.remove("tenant")).isFalse();
		assertNothingIsLeft();
		assertThatExceptionOfType(UnknownDatabaseException.class).isThrownBy(() -> this.databases.get("tenant"));
		assertThatException().isThrownBy(() -> insert(tenant, 2))
			.havingRootCause()
			.isInstanceOf(PoolClosedException.class)
			.withMessageContaining("'tenant'");
		assertThatException().isThrownBy(() -> tenant.jdbcClient().sql("select 1").query(Integer.class).single())
			.havingRootCause()
			.isInstanceOf(PoolClosedException.class);
		assertNothingIsLeft();
		assertThat(rows()).containsExactly(1);
	}

	@Test
	void whenSeveralCreateTheSameAliasAtOnceThenOneGetsIt() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		List<CompletableFuture<Database>> all = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			all.add(async(() -> {
				awaitOn(go);
				return this.databases.create(config().build());
			}));
		}
		go.countDown();
		int won = 0;
		for (CompletableFuture<Database> each : all) {
			try {
				insert(each.get(20, TimeUnit.SECONDS), ++won);
			}
			catch (ExecutionException ex) {
				assertThat(ex).hasCauseInstanceOf(DuplicateDatabaseException.class).hasMessageContaining("'tenant'");
			}
		}
		assertThat(won).isOne();
		assertThat(this.application.getBean(PoolRegistry.class).all()).extracting(ConnectionPool::alias)
			.containsExactlyInAnyOrder("main", "tenant");
		assertThat(this.databases.remove("tenant")).isTrue();
		assertNothingIsLeft();
	}

	@Test
	@DisplayName("P7 whenRemovedWhileItWorksThenThatEndsAndIsCommitted")
	void whenRemovedWhileItWorksThenThatEndsAndIsCommitted() throws Exception {
		CompletableFuture<Integer> result = standing(this.databases.create(config().build()));
		CompletableFuture<Boolean> removed = async(() -> this.databases.remove("tenant", Duration.ofSeconds(20)));
		await().untilAsserted(() -> assertThatExceptionOfType(UnknownDatabaseException.class)
			.isThrownBy(() -> this.databases.get("tenant")));
		assertThatExceptionOfType(DuplicateDatabaseException.class)
			.isThrownBy(() -> this.databases.create(config().build()))
			.withMessageContaining("is being removed");
		assertThat(this.databases.remove("tenant")).as("another does it").isFalse();
		assertThat(removed).isNotDone();
		this.pause.over.countDown();
		assertThat(result.get(10, TimeUnit.SECONDS)).isOne();
		assertThat(removed.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(rows()).containsExactly(1, 2);
		assertNothingIsLeft();
	}

	@Test
	@DisplayName("P7 whenRemovedAndItsWorkDoesNotEndThenThatIsRolledBack")
	void whenRemovedAndItsWorkDoesNotEndThenThatIsRolledBack() {
		CompletableFuture<Integer> result = standing(this.databases.create(config().build()));
		long start = System.nanoTime();
		assertThat(this.databases.remove("tenant", Duration.ofMillis(300))).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(300),
				Duration.ofSeconds(10));
		assertNothingIsLeft();
		this.pause.over.countDown();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> result.get(10, TimeUnit.SECONDS));
		assertThat(rows()).isEmpty();
		insert(this.databases.create(config().build()), 3);
		assertThat(rows()).containsExactly(3);
		MeterRegistry meters = this.application.getBean(MeterRegistry.class);
		assertThat(meters.get("dbop.operations").tag("alias", "tenant").functionTimer().count()).isOne();
		assertThat(meters.get("dbop.circuit.state").tag("alias", "tenant").tag("state", "closed").gauge().value())
			.isOne();
	}

	@Test
	@DisplayName("P7 whenTheApplicationIsClosedThenCreatedOnesAreTooAfterTheirGrace")
	void whenTheApplicationIsClosedThenCreatedOnesAreTooAfterTheirGrace() throws Exception {
		CompletableFuture<Integer> result = standing(this.databases.create(config().build()));
		closing(this.application).get(20, TimeUnit.SECONDS);
		await().untilAsserted(() -> assertThat(hasThreads("tenant")).isFalse());
		this.pause.over.countDown();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> result.get(10, TimeUnit.SECONDS));
		assertThat(rows()).isEmpty();
		assertThatException().isThrownBy(() -> this.databases.create(config().build()));
	}

	@Test
	void whenCreatedAndRemovedAgainAndAgainUnderLoadThenNothingLeaks() throws Exception {
		AtomicInteger served = new AtomicInteger();
		Queue<RuntimeException> unexpected = new ConcurrentLinkedQueue<>();
		CountDownLatch end = new CountDownLatch(1);
		List<CompletableFuture<Integer>> callers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			callers.add(async(() -> call(served, unexpected, end)));
		}
		boolean server = this.database.database() == TestDatabase.POSTGRESQL;
		for (int i = 0; i < (server ? 12 : 50); i++) {
			int before = served.get();
			this.databases.create(config().build());
			await().pollInterval(Duration.ofMillis(1)).until(() -> served.get() > before);
			assertThat(this.databases.remove("tenant", Duration.ofSeconds(5))).isTrue();
		}
		end.countDown();
		for (CompletableFuture<Integer> caller : callers) {
			caller.get(20, TimeUnit.SECONDS);
		}
		assertThat(unexpected).isEmpty();
		assertNothingIsLeft();
		assertThat(JdbcClient.create(this.database.dataSource())
			.sql("select count(*) from item")
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void whenDbopIsSwitchedOffThenDatabasesComeAndGoAllTheSame() {
		try (ConfigurableApplicationContext plain = Applications.start(Beans.class, Applications.inMemory("main"),
				"dbop.enabled=false")) {
			Databases all = plain.getBean(Databases.class);
			Database tenant = all.create(config().build());
			insert(tenant, 1);
			assertThat(rows()).containsExactly(1);
			assertThat(ConnectionPool.of(tenant.dataSource())).as("the plain pool").isNull();
			assertThat(all.remove("tenant", Duration.ZERO)).isTrue();
			assertThatException().isThrownBy(() -> insert(tenant, 2));
			assertThat(rows()).containsExactly(1);
			assertThat(plain.getBean(MeterRegistry.class).getMeters())
				.noneMatch((meter) -> "tenant".equals(meter.getId().getTag("alias")));
		}
	}

	@Test
	void whenTheAliasIsTheApplicationsThenItIsNeitherCreatedNorRemoved() {
		assertThatExceptionOfType(DuplicateDatabaseException.class)
			.isThrownBy(() -> this.databases.create(config("main").build()))
			.withMessageContaining("'main'")
			.withMessageContaining("is defined by the application");
		assertThatIllegalArgumentException().isThrownBy(() -> this.databases.remove("main"))
			.withMessageContaining("'main'")
			.withMessageContaining("mainDataSource");
		assertThat(this.databases.remove("nobody")).isFalse();
		assertThat(this.databases.get("main").jdbcClient().sql("select 1").query(Integer.class).single()).isOne();
	}

	@Test
	void whenItCannotBeCreatedThenNothingIsLeftAndTheAliasIsFree() {
		assertThatExceptionOfType(InvalidDatabaseConfigException.class)
			.isThrownBy(
					() -> this.databases.create(DatabaseConfig.builder("tenant").type("orakel").database("x").build()))
			.withMessageContaining("type is 'orakel'")
			.withMessageContaining("postgresql");
		assertThatExceptionOfType(InvalidDatabaseConfigException.class)
			.isThrownBy(() -> this.databases.create(DatabaseConfig.builder("tenant").type("postgresql").build()))
			.withMessageContaining("dbop.databases.tenant.database is not set");
		assertThatExceptionOfType(InvalidDatabaseConfigException.class)
			.isThrownBy(() -> this.databases.create(config().hikari(Map.of("no-such", "1")).build()))
			.withMessageContaining("hikari.no-such");
		assertThatExceptionOfType(PoolStartException.class)
			.isThrownBy(() -> this.databases
				.create(DatabaseConfig.builder("tenant").url("jdbc:postgresql://127.0.0.1:1/x").build()))
			.withMessageContaining("'tenant'");
		assertThatNullPointerException().isThrownBy(() -> this.databases.create(null))
			.withMessage("'config' is null: a value is expected");
		assertThatNullPointerException().isThrownBy(() -> this.databases.remove(null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.databases.remove("main", Duration.ofSeconds(-1)))
			.withMessageContaining("must not be negative");
		assertNothingIsLeft();
		insert(this.databases.create(config().build()), 1);
	}

	@Test
	void whenSomebodyWhoIsToldFailsThenNothingIsLeftAndTheAliasIsFree() {
		AtomicBoolean fails = new AtomicBoolean(true);
		this.application.getBean(PoolRegistry.class).onPool((pool) -> {
			if (fails.get() && pool.alias().equals("tenant")) {
				throw new IllegalStateException("no room for more meters");
			}
		});
		assertThatIllegalStateException().isThrownBy(() -> this.databases.create(config().build()))
			.withMessage("no room for more meters");
		fails.set(false);
		assertThat(this.application.getBean(PoolRegistry.class).find("tenant")).isNull();
		insert(this.databases.create(config().build()), 1);
		assertThat(this.databases.remove("tenant", Duration.ofSeconds(1))).isTrue();
		assertNothingIsLeft();
	}

	private Integer call(AtomicInteger served, Queue<RuntimeException> unexpected, CountDownLatch end) {
		while (end.getCount() > 0) {
			try {
				Database tenant = this.databases.get("tenant");
				tenant.execute((spec) -> spec.named("insert").scope(Scope.TRANSACTION).maxRetries(0), () -> {
					tenant.jdbcClient().sql("delete from item where id = 1").update();
					served.incrementAndGet();
				});
			}
			catch (UnknownDatabaseException ex) {
				Thread.onSpinWait();
			}
			catch (RuntimeException ex) {
				if (!(ex.getCause() instanceof PoolClosedException)) {
					unexpected.add(ex);
				}
			}
		}
		return 0;
	}

	private void assertNothingIsLeft() {
		assertThat(this.databases.all()).extracting(Database::alias).containsExactly("main");
		assertThat(this.application.getBean(PoolRegistry.class).find("tenant")).isNull();
		assertThat(this.application.getBean(DbopEndpoint.class).database("tenant")).isNull();
		assertThat(this.application.getBean(MeterRegistry.class).getMeters())
			.noneMatch((meter) -> "tenant".equals(meter.getId().getTag("alias")));
		assertThat(breakers()).isEmpty();
		assertThat(health("tenant")).isNull();
		await().untilAsserted(() -> assertThat(hasThreads("tenant")).isFalse());
	}

	private List<Breaker> breakers() {
		return this.application.getBean(BreakerRegistry.class)
			.all()
			.stream()
			.filter((breaker) -> breaker.alias().equals("tenant"))
			.toList();
	}

	private Status health(String alias) {
		CompositeHealthContributor all = (CompositeHealthContributor) this.application.getBean("dbopHealthContributor");
		assertThat(all.stream()).extracting((entry) -> entry.name()).contains("main");
		HealthIndicator indicator = (HealthIndicator) all.getContributor(alias);
		return (indicator != null) ? indicator.health().getStatus() : null;
	}

	/** A transaction that stands at the pause between two rows. */
	private CompletableFuture<Integer> standing(Database tenant) {
		CompletableFuture<Integer> result = async(() -> {
			tenant.execute((spec) -> spec.named("standing").scope(Scope.TRANSACTION), () -> {
				tenant.jdbcClient().sql("insert into item values (1)").update();
				this.pause.stand();
				tenant.jdbcClient().sql("insert into item values (2)").update();
			});
			return 1;
		});
		awaitOn(this.pause.reached);
		return result;
	}

	private static void insert(Database tenant, int id) {
		tenant.execute((spec) -> spec.named("insert").scope(Scope.TRANSACTION),
				() -> tenant.jdbcClient().sql("insert into item values (?)").param(id).update());
	}

	private static void awaitOn(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Integer> rows() {
		return JdbcClient.create(this.database.dataSource())
			.sql("select id from item order by id")
			.query(Integer.class)
			.list();
	}

	private DatabaseConfigBuilder config() {
		return config("tenant");
	}

	private DatabaseConfigBuilder config(String alias) {
		return DatabaseConfig.builder(alias)
			.url(this.database.url())
			.username(this.database.username())
			.password(this.database.password())
			.poolMin(1)
			.poolMax(4);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DbopHealthAutoConfiguration.class, MetricsAutoConfiguration.class })
	static class Beans {

		@Bean
		SimpleMeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

}

package io.dbop.entity;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.dbop.database.Database;
import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.entity.value.EntitySerializer;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.PreAttemptHook;
import io.dbop.execution.RetryBudget;
import io.dbop.execution.RetrySettings;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import io.dbop.pool.DatabaseConfigBuilder;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.support.JdbcTransactionManager;

/** An application with entities on a test database. */
final class EntityFixture implements AutoCloseable {

	static final RetrySettings QUICK = new RetrySettings(5, Duration.ofMillis(5), 2, Duration.ofMillis(50), 0.2,
			Duration.ofSeconds(30), null, Duration.ofMillis(20), RetryBudget.Settings.defaults());

	static final RetrySettings PERSISTENT = new RetrySettings(500, Duration.ofMillis(5), 2, Duration.ofMillis(100), 0.5,
			Duration.ofSeconds(120), null, Duration.ofMillis(20), null);

	private static final RetrySettings ONCE = new RetrySettings(0, Duration.ofMillis(5), 2, Duration.ofMillis(50), 0.2,
			Duration.ofSeconds(30), null, Duration.ofMillis(20), null);

	/** For crowds on a machine that has other things to do as well. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	final DatabaseInstance instance;

	final ConnectionPool pool;

	final DatabaseEngine engine;

	final Database db;

	/** By whom entities are changed, where a call does not say. */
	volatile @Nullable String user;

	/** What an application does before each attempt. */
	volatile Runnable beforeEach = () -> {
	};

	/** The same for each thread, if that matters. */
	@Nullable ThreadLocal<String> userOfThread;

	EntityFixture(DatabaseInstance instance) {
		this(instance, EntitySettings.defaults());
	}

	EntityFixture(DatabaseInstance instance, EntitySettings settings) {
		this(instance, settings, List.of(), UnaryOperator.identity());
	}

	EntityFixture(DatabaseInstance instance, EntitySettings settings, List<EntitySerializer<?>> serializers,
			UnaryOperator<DatabaseConfigBuilder> config) {
		this(instance, settings, serializers, EntityCaching.none(), config, QUICK);
	}

	/** With entities that are read through caches. */
	EntityFixture(DatabaseInstance instance, EntityCaching caching) {
		this(instance, EntitySettings.defaults(), List.of(), caching, (config) -> config.poolMax(8), QUICK);
	}

	private EntityFixture(DatabaseInstance instance, EntitySettings settings, List<EntitySerializer<?>> serializers,
			EntityCaching caching, UnaryOperator<DatabaseConfigBuilder> config, RetrySettings retry) {
		this.instance = instance;
		Dialect dialect = Objects.requireNonNull(new Dialects(List.of()).findByUrl(instance.url()));
		DatabaseConfigBuilder usual = DatabaseConfig.builder("main")
			.url(instance.url())
			.connectionAcquisitionTimeout(Duration.ofSeconds(20))
			.poolMin(1)
			.poolMax(4);
		this.pool = ConnectionPoolFactory.open(config.apply(usual).build(), dialect,
				CredentialsSource.of(instance.username(), instance.password()));
		JdbcTransactionManager manager = new JdbcTransactionManager(this.pool.dataSource());
		this.engine = new DatabaseEngine(this.pool, () -> manager, retry, null,
				new DatabaseEngine.Extensions(List.of(), List.of(new BeforeEach()), List.of(), null));
		this.db = Database.of(this.engine,
				() -> EntityOperations.of(this.engine, settings, this::currentUser, serializers, caching));
	}

	/**
	 * One of many applications that change the same tables at the same time. On a cluster
	 * whose nodes all take writes each of them conflicts with each.
	 */
	static EntityFixture amongOthers(DatabaseInstance instance) {
		EntitySettings usual = EntitySettings.defaults();
		return new EntityFixture(instance,
				new EntitySettings(usual.mode(), usual.modes(), usual.onTypeConflict(), usual.maxFields(), PATIENCE),
				List.of(), EntityCaching.none(), UnaryOperator.identity(), PERSISTENT);
	}

	/** One that hardly waits for others to be done with tables, and does so once. */
	static EntityFixture impatient(DatabaseInstance instance) {
		EntitySettings usual = EntitySettings.defaults();
		return new EntityFixture(instance, new EntitySettings(usual.mode(), usual.modes(), usual.onTypeConflict(),
				usual.maxFields(), Duration.ofMillis(500)), List.of(), EntityCaching.none(), UnaryOperator.identity(),
				ONCE);
	}

	private @Nullable String currentUser() {
		return (this.userOfThread != null) ? this.userOfThread.get() : this.user;
	}

	EntityOperations entities() {
		return this.db.entities();
	}

	TestDatabase kind() {
		return this.instance.database();
	}

	@Override
	public void close() {
		this.pool.close();
	}

	private final class BeforeEach implements PreAttemptHook {

		@Override
		public void beforeAttempt(AttemptContext context) {
			EntityFixture.this.beforeEach.run();
		}

		@Override
		public boolean needsTransaction() {
			return false;
		}

	}

}

package io.dbop.execution;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.dialect.ConnectionTimeouts;
import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.test.DatabaseInstance;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An engine on a pool of a test database. */
final class EngineFixture implements AutoCloseable {

	static final RetrySettings QUICK = new RetrySettings(3, Duration.ofMillis(5), 2, Duration.ofMillis(50), 0.2,
			Duration.ofSeconds(30), null, Duration.ofMillis(20), RetryBudget.Settings.defaults());

	final FakeTicker ticker = new FakeTicker();

	final HikariDataSource hikari;

	final ConnectionPool pool;

	final JdbcTransactionManager transactionManager;

	final BreakerRegistry breakers = BreakerRegistry.create();

	final DatabaseEngine engine;

	final JdbcTemplate jdbc;

	final TransactionTemplate outer;

	EngineFixture(DatabaseInstance database) {
		this(database, RetrySettings.defaults(), DatabaseEngine.Extensions.none());
	}

	EngineFixture(DatabaseInstance database, RetrySettings retry, DatabaseEngine.Extensions extensions) {
		this(database, retry, extensions, null, (settings) -> {
		});
	}

	EngineFixture(DatabaseInstance database, RetrySettings retry, DatabaseEngine.Extensions extensions,
			@Nullable Ticker time, Consumer<HikariConfig> settings) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(database.url());
		config.setUsername(database.username());
		config.setPassword(database.password());
		config.setMaximumPoolSize(4);
		config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
		Dialects dialects = new Dialects(List.of());
		Objects.requireNonNull(dialects.findByUrl(database.url()))
			.connectionProperties(new ConnectionTimeouts(Duration.ofSeconds(10), Duration.ZERO))
			.forEach(config::addDataSourceProperty);
		settings.accept(config);
		this.hikari = new HikariDataSource(config);
		this.pool = ConnectionPoolFactory.adopt("main", this.hikari, dialects);
		DataSource dataSource = this.pool.dataSource();
		this.transactionManager = new JdbcTransactionManager(dataSource);
		this.engine = new DatabaseEngine(this.pool, () -> this.transactionManager, retry, this.breakers, extensions,
				(time != null) ? time : this.ticker);
		this.jdbc = new JdbcTemplate(dataSource);
		this.outer = new TransactionTemplate(this.transactionManager);
	}

	/**
	 * An engine that waits for real, though never long.
	 * @param database the database
	 * @param settings what else the pool needs
	 */
	@SafeVarargs
	static EngineFixture inRealTime(DatabaseInstance database, Consumer<HikariConfig>... settings) {
		return new EngineFixture(database, QUICK, DatabaseEngine.Extensions.none(), Ticker.system(),
				(config) -> List.of(settings).forEach((setting) -> setting.accept(config)));
	}

	<T extends @Nullable Object> T run(Consumer<ExecutionSpec<T>> spec, Step<T> work) throws Throwable {
		@SuppressWarnings("unchecked")
		T result = (T) this.engine.<T>plan(spec).run((attempt) -> work.run());
		return result;
	}

	void perform(Consumer<ExecutionSpec<Object>> spec, Action action) throws Throwable {
		perform(this.engine, spec, action);
	}

	static void perform(DatabaseEngine engine, Consumer<ExecutionSpec<Object>> spec, Action action) throws Throwable {
		engine.plan(spec).run((attempt) -> {
			action.run();
			return null;
		});
	}

	/** Runs an action in a transaction of the caller. */
	void inOuter(Action action) throws Throwable {
		inTransaction(this.outer, action);
	}

	static void inTransaction(TransactionTemplate transaction, Action action) throws Throwable {
		try {
			transaction.executeWithoutResult((status) -> {
				try {
					action.run();
				}
				catch (RuntimeException | Error ex) {
					throw ex;
				}
				catch (Throwable ex) {
					throw new UndeclaredThrowableException(ex);
				}
			});
		}
		catch (UndeclaredThrowableException ex) {
			throw ex.getUndeclaredThrowable();
		}
	}

	OperationStatistics statistics(String operation) {
		return this.engine.statistics(operation);
	}

	@Override
	public void close() {
		this.breakers.close();
		this.hikari.close();
	}

	/**
	 * What a test does.
	 *
	 * @param <T> what it returns
	 */
	@FunctionalInterface
	interface Step<T extends @Nullable Object> {

		T run() throws Throwable;

	}

	/** What a test does without a result. */
	@FunctionalInterface
	interface Action {

		void run() throws Throwable;

	}

}

package io.dbop.database;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.RetryBudget;
import io.dbop.execution.RetrySettings;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import io.dbop.pool.DatabaseConfigBuilder;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

import org.springframework.jdbc.support.JdbcTransactionManager;

/** A handle on a pool of two connections to a test database. */
final class HandleFixture implements AutoCloseable {

	static final RetrySettings QUICK = new RetrySettings(3, Duration.ofMillis(5), 2, Duration.ofMillis(50), 0.2,
			Duration.ofSeconds(30), null, Duration.ofMillis(20), RetryBudget.Settings.defaults());

	final DatabaseInstance instance;

	final ConnectionPool pool;

	final Database database;

	final BreakerRegistry breakers = BreakerRegistry.create();

	HandleFixture(DatabaseInstance instance) {
		this(instance, UnaryOperator.identity());
	}

	HandleFixture(DatabaseInstance instance, UnaryOperator<DatabaseConfigBuilder> settings) {
		this(instance, open(instance, settings));
	}

	private HandleFixture(DatabaseInstance instance, ConnectionPool pool) {
		this.instance = instance;
		this.pool = pool;
		JdbcTransactionManager manager = new JdbcTransactionManager(this.pool.dataSource());
		this.database = Database
			.of(new DatabaseEngine(this.pool, () -> manager, QUICK, this.breakers, DatabaseEngine.Extensions.none()));
	}

	private static ConnectionPool open(DatabaseInstance instance, UnaryOperator<DatabaseConfigBuilder> settings) {
		Dialect dialect = Objects.requireNonNull(new Dialects(List.of()).findByUrl(instance.url()));
		DatabaseConfigBuilder config = DatabaseConfig.builder("main")
			.url(instance.url())
			.connectionAcquisitionTimeout(Duration.ofSeconds(5))
			.poolMin(1)
			.poolMax(2);
		return ConnectionPoolFactory.open(settings.apply(config).build(), dialect,
				CredentialsSource.of(instance.username(), instance.password()));
	}

	/** On a pool that was there before, which is closed with it. */
	static HandleFixture adopting(DatabaseInstance instance) {
		HikariDataSource existing = new HikariDataSource();
		existing.setJdbcUrl(instance.url());
		existing.setUsername(instance.username());
		existing.setPassword(instance.password());
		return new HandleFixture(instance, ConnectionPoolFactory.adopt("main", existing, new Dialects(List.of())));
	}

	TestDatabase kind() {
		return this.instance.database();
	}

	/** A query that takes longer than any test waits. */
	String endless() {
		return switch (kind()) {
			case POSTGRESQL -> "select pg_sleep(60)";
			case MARIADB, MYSQL -> "select sleep(60)";
			case H2 -> "select count(*) from system_range(1, 1000000000) a, system_range(1, 1000000000) b";
			case HSQLDB -> this.instance.sleepSql(Duration.ofMinutes(1));
			case SQLITE -> "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";
		};
	}

	@Override
	public void close() {
		this.breakers.close();
		this.pool.close();
	}

}

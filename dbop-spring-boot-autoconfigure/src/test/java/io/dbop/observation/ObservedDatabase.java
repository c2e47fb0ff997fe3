package io.dbop.observation;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.dbop.circuit.BreakerRegistry;
import io.dbop.database.Database;
import io.dbop.dialect.Dialects;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionListener;
import io.dbop.execution.ExecutionObserver;
import io.dbop.execution.RetryBudget;
import io.dbop.execution.RetrySettings;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import io.dbop.test.DatabaseInstance;
import io.micrometer.observation.tck.TestObservationRegistry;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A database whose operations are observed. */
final class ObservedDatabase implements AutoCloseable {

	private static final RetrySettings QUICK = new RetrySettings(3, Duration.ofMillis(1), 1, Duration.ofMillis(1), 0,
			Duration.ofSeconds(30), null, Duration.ofMillis(1), RetryBudget.Settings.defaults());

	final TestObservationRegistry registry = TestObservationRegistry.builder()
		.validateObservationsWithTheSameNameHavingTheSameSetOfLowCardinalityKeys(true)
		.build();

	final BreakerRegistry breakers = BreakerRegistry.create();

	final ConnectionPool pool;

	final DatabaseEngine engine;

	final Database handle;

	final JdbcTemplate jdbc;

	ObservedDatabase(DatabaseInstance instance, ExecutionListener... listeners) {
		this.pool = open(instance);
		this.engine = engine(new ExecutionObservations(() -> this.registry, () -> null, () -> null), listeners);
		this.handle = Database.of(this.engine);
		this.jdbc = this.handle.jdbcTemplate();
	}

	private static ConnectionPool open(DatabaseInstance instance) {
		DatabaseConfig config = DatabaseConfig.builder("main")
			.url(instance.url())
			.connectionAcquisitionTimeout(Duration.ofSeconds(5))
			.poolMin(1)
			.poolMax(4)
			.build();
		return ConnectionPoolFactory.open(config,
				Objects.requireNonNull(new Dialects(List.of()).findByUrl(instance.url())),
				CredentialsSource.of(instance.username(), instance.password()));
	}

	/** Another engine on the same database. */
	DatabaseEngine engine(ExecutionObserver observer, ExecutionListener... listeners) {
		JdbcTransactionManager manager = new JdbcTransactionManager(this.pool.dataSource());
		return new DatabaseEngine(this.pool, () -> manager, QUICK, this.breakers,
				new DatabaseEngine.Extensions(List.of(), List.of(), List.of(listeners), observer));
	}

	@Override
	public void close() {
		this.breakers.close();
		this.pool.close();
	}

}

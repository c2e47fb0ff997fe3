package io.dbop.benchmark.pool;

import java.sql.Connection;
import java.sql.SQLException;

import io.dbop.autoconfigure.DbopActuatorAutoConfiguration;
import io.dbop.autoconfigure.DbopAutoConfiguration;
import io.dbop.autoconfigure.DbopExecutionAutoConfiguration;
import io.dbop.autoconfigure.DbopMetricsAutoConfiguration;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.database.Operation;
import io.dbop.execution.Scope;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.DatabaseInstance;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * dbop as it is, with retries, circuit breaker, meters and advice: only the width of its
 * pool is given.
 */
final class DbopPool implements Pool {

	private static final String ALIAS = "main";

	private final ConfigurableApplicationContext context;

	private final JdbcTemplate jdbc;

	private final Operation<Object> operation;

	private final PoolRegistry pools;

	DbopPool(DatabaseInstance instance) {
		String prefix = "dbop.databases." + ALIAS;
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(prefix + ".url=" + instance.url(), prefix + ".username=" + instance.username(),
					prefix + ".password=" + instance.password(), prefix + ".pool.max=" + Crowd.POOL,
					"spring.main.banner-mode=off", "logging.level.root=warn")
			.run();
		Database database = this.context.getBean(Databases.class).get(ALIAS);
		this.jdbc = database.jdbcTemplate();
		this.operation = database.operation((spec) -> spec.named("query").scope(Scope.NONE));
		this.pools = this.context.getBean(PoolRegistry.class);
	}

	@Override
	public String name() {
		return "dbop";
	}

	@Override
	public void use(Work work) {
		this.operation.run(() -> this.jdbc.execute((ConnectionCallback<Object>) (connection) -> run(work, connection)));
	}

	private static Object run(Work work, Connection connection) throws SQLException {
		work.run(connection);
		return Boolean.TRUE;
	}

	@Override
	public long timeouts() {
		return this.pools.get(ALIAS).statistics().timeouts();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration
	@ImportAutoConfiguration({ DbopAutoConfiguration.class, DbopExecutionAutoConfiguration.class,
			DbopActuatorAutoConfiguration.class, DbopMetricsAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
			MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class })
	static class Application {

	}

}

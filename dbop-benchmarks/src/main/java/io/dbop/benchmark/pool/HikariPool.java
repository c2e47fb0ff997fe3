package io.dbop.benchmark.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Plain HikariCP, of a fixed size as it recommends, which waits for as long as dbop does.
 */
final class HikariPool implements Pool {

	private static final long ACQUISITION_MILLIS = 10_000;

	private final HikariDataSource dataSource;

	private final JdbcTemplate jdbc;

	HikariPool(DatabaseInstance instance) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(instance.url());
		config.setUsername(instance.username());
		config.setPassword(instance.password());
		config.setMaximumPoolSize(Crowd.POOL);
		config.setConnectionTimeout(ACQUISITION_MILLIS);
		this.dataSource = new HikariDataSource(config);
		this.jdbc = new JdbcTemplate(this.dataSource);
	}

	@Override
	public String name() {
		return "plain HikariCP";
	}

	@Override
	public void use(Work work) {
		this.jdbc.execute((ConnectionCallback<Object>) (connection) -> {
			work.run(connection);
			return Boolean.TRUE;
		});
	}

	/** Its callers know. */
	@Override
	public long timeouts() {
		return 0;
	}

	@Override
	public void close() {
		this.dataSource.close();
	}

}

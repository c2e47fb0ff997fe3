package io.dbop.benchmark.statement;

import java.util.List;
import java.util.Set;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.benchmark.Applications;
import io.dbop.test.DatabaseInstance;

import org.springframework.context.ConfigurableApplicationContext;

/** Applications and a pool on one database, each with its defaults. */
final class Peers implements AutoCloseable {

	private final ConfigurableApplicationContext dbop;

	private final ConfigurableApplicationContext spring;

	private final HikariDataSource pool = new HikariDataSource();

	Peers(DatabaseInstance database) {
		this.dbop = Applications.start(DbopReader.Application.class, Set.of(),
				List.of("dbop.databases.main.url=" + database.url(),
						"dbop.databases.main.username=" + database.username(),
						"dbop.databases.main.password=" + database.password()));
		this.spring = Applications.start(TransactionalReader.Application.class, Set.of(),
				List.of("dbop.enabled=false", "spring.datasource.url=" + database.url(),
						"spring.datasource.username=" + database.username(),
						"spring.datasource.password=" + database.password()));
		this.pool.setJdbcUrl(database.url());
		this.pool.setUsername(database.username());
		this.pool.setPassword(database.password());
	}

	<T> T dbop(Class<T> type) {
		return this.dbop.getBean(type);
	}

	Reader spring() {
		return this.spring.getBean(TransactionalReader.class);
	}

	PlainReader plain() {
		return new PlainReader(this.pool);
	}

	@Override
	public void close() {
		this.dbop.close();
		this.spring.close();
		this.pool.close();
	}

}

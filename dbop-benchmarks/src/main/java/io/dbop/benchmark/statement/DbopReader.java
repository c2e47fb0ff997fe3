package io.dbop.benchmark.statement;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With all three annotations, as dbop has them by default. */
class DbopReader implements Reader {

	private final JdbcClient client;

	DbopReader(JdbcClient client) {
		this.client = client;
	}

	@Override
	@DbRetry
	@AutoTransaction
	@CircuitBreaker
	public String read(int id) {
		return this.client.sql(Item.SELECT).param(id).query(String.class).single();
	}

	/** The application. */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(DbopReader.class)
	static class Application {

	}

}

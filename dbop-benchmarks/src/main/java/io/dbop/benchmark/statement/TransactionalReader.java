package io.dbop.benchmark.statement;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** With Spring's annotation, in an application without dbop. */
class TransactionalReader implements Reader {

	private final JdbcClient client;

	TransactionalReader(JdbcClient client) {
		this.client = client;
	}

	@Override
	@Transactional
	public String read(int id) {
		return this.client.sql(Item.SELECT).param(id).query(String.class).single();
	}

	/** The application. */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(TransactionalReader.class)
	static class Application {

	}

}

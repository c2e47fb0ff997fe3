package io.dbop.benchmark.entity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.CrudRepository;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A repository of Spring Data JDBC, and a trigger that writes the history. The caller has
 * the item that it changes, so that nothing is read.
 */
final class SpringDataItems implements ItemKeeper {

	private static final List<String> TRIGGER = List.of("""
			CREATE FUNCTION record_item() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN INSERT INTO items_history SELECT NEW.*; RETURN NULL; END $$""",
			"CREATE TRIGGER record_item AFTER INSERT OR UPDATE ON items FOR EACH ROW EXECUTE FUNCTION record_item()");

	private final HikariDataSource pool;

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final Repository repository;

	private final Map<String, SpringDataItem> known = new HashMap<>();

	SpringDataItems(DatabaseInstance database) {
		// With false each transaction would be rolled back once more when it is over.
		this.pool = Pools.open(database, true);
		List<String> tables = new ArrayList<>(ItemTables.create(TestDatabase.POSTGRESQL));
		tables.addAll(TRIGGER);
		Pools.execute(this.pool, tables);
		this.context.registerBean(DataSource.class, () -> this.pool, (bean) -> bean.setDestroyMethodName(""));
		this.context.register(Application.class);
		this.context.refresh();
		this.repository = this.context.getBean(Repository.class);
	}

	@Override
	public void save(Item item) {
		String id = Objects.requireNonNull(item.id());
		this.known.compute(id, (key, before) -> this.repository.save(SpringDataItem.of(key, before, item)));
	}

	@Override
	public void close() {
		this.context.close();
		this.pool.close();
	}

	interface Repository extends CrudRepository<SpringDataItem, String> {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableJdbcRepositories(considerNestedRepositories = true)
	static class Application extends AbstractJdbcConfiguration {

		@Bean
		NamedParameterJdbcOperations operations(DataSource dataSource) {
			return new NamedParameterJdbcTemplate(dataSource);
		}

		@Bean
		JdbcTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

	}

}

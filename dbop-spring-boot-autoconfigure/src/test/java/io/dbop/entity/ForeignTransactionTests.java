package io.dbop.entity;

import java.util.List;
import java.util.Map;

import io.dbop.execution.DatabaseEngine;
import io.dbop.statement.Statements;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Transactions that dbop has not begun, and which of them a save takes part in. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.H2 })
class ForeignTransactionTests {

	private final EntityFixture fixture;

	ForeignTransactionTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.fixture.entities().save("users", "u1", Map.of("age", 1));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenTheTransactionIsOfAnotherDatabaseThenASaveHasItsOwn() {
		JdbcTransactionManager other = new JdbcTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:other"));
		EntityDatabase database = new EntityDatabase(engine(other), Statements.of(engine(other)));
		new TransactionTemplate(other).executeWithoutResult((status) -> {
			assertThat(database.transaction()).isNull();
			new JdbcTemplate(this.fixture.db.dataSource()).queryForObject("SELECT 1", Integer.class);
			assertThat(database.transaction()).isNull();
			this.fixture.entities().save("users", "u1", Map.of("age", 2));
			this.fixture.entities()
				.saveAll("users", List.of(Map.of("id", "u1", "age", 3), Map.of("id", "u1", "age", 4)));
			status.setRollbackOnly();
		});
		assertThat(this.fixture.entities().history("users", "u1")).hasSize(4);
	}

	private DatabaseEngine engine(JdbcTransactionManager manager) {
		return new DatabaseEngine(this.fixture.pool, () -> manager, EntityFixture.QUICK, null,
				DatabaseEngine.Extensions.none());
	}

	@Test
	void whenTheTransactionIsOfJpaThenASaveTakesPartInIt() {
		LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
		factory.setDataSource(this.fixture.db.dataSource());
		factory.setPersistenceUnitName("main");
		factory.setManagedTypes(PersistenceManagedTypes.of());
		factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
		factory.afterPropertiesSet();
		try {
			JpaTransactionManager manager = new JpaTransactionManager(factory.getObject());
			DatabaseEngine engine = new DatabaseEngine(this.fixture.pool, () -> manager, EntityFixture.QUICK, null,
					DatabaseEngine.Extensions.none());
			EntityOperations entities = EntityOperations.of(engine, EntitySettings.defaults(), () -> null, List.of());
			new TransactionTemplate(manager).executeWithoutResult((status) -> {
				entities.save("users", "u1", Map.of("age", 2));
				entities.save("users", Map.of("age", 3));
				status.setRollbackOnly();
			});
			assertThat(entities.history("users", "u1")).hasSize(1);
			assertThat(entities.count("users")).isOne();
		}
		finally {
			factory.destroy();
		}
	}

}

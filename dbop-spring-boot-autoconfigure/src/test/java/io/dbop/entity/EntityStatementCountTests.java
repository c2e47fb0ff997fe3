package io.dbop.entity;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.dbop.dialect.Dialects;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many statements an operation on entities is, where there is no wire to count on.
 */
@EachDatabase({ TestDatabase.SQLITE, TestDatabase.H2 })
class EntityStatementCountTests {

	private final AtomicInteger executed = new AtomicInteger();

	private final ConnectionPool pool;

	private final EntityOperations entities;

	/** Where rows have to be asked for. */
	private final int readBack;

	/** Where it is asked after what copies of several come, at no round trip. */
	private final int begin;

	EntityStatementCountTests(DatabaseInstance instance) {
		this.begin = (instance.database() == TestDatabase.SQLITE) ? 1 : 0;
		this.readBack = (instance.database() == TestDatabase.H2) ? 1 : 0;
		DataSource database = new DriverManagerDataSource(instance.url(), instance.username(), instance.password());
		this.pool = ConnectionPoolFactory.adopt("main", counting(DataSource.class, database), new Dialects(List.of()));
		JdbcTransactionManager manager = new JdbcTransactionManager(this.pool.dataSource());
		this.entities = EntityOperations.of(new DatabaseEngine(this.pool, () -> manager, EntityFixture.QUICK, null,
				DatabaseEngine.Extensions.none()), EntitySettings.defaults(), () -> null, List.of());
		this.entities.save("users", "u1", Map.of("name", "John", "age", 5));
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	private <T> T counting(Class<T> type, Object target) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				if (method.getName().startsWith("execute")) {
					this.executed.incrementAndGet();
				}
				try {
					Object result = method.invoke(target, arguments);
					return (result instanceof PreparedStatement) ? counting(PreparedStatement.class, result)
							: (result instanceof Connection && type == DataSource.class)
									? counting(Connection.class, result) : result;
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	private int statements(Runnable action) {
		action.run();
		int before = this.executed.get();
		action.run();
		return this.executed.get() - before;
	}

	@Test
	void whenChangedThenTheChangeAndItsRecord() {
		assertThat(statements(() -> this.entities.save("users", Map.of("name", "Jim")))).isEqualTo(2 + this.readBack);
		assertThat(statements(() -> this.entities.save("users", "u1", Map.of("age", 7)))).isEqualTo(2 + this.readBack);
		List<Map<String, Object>> rows = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			rows.add(Map.of("id", "r" + i, "age", i));
		}
		assertThat(statements(() -> this.entities.saveAll("users", rows))).isEqualTo(2 + this.begin + this.readBack);
		assertThat(statements(() -> {
			this.entities.delete("users", "u1");
			this.entities.restore("users", "u1");
		})).isEqualTo(4);
	}

	@Test
	void whenReadThenOne() {
		assertThat(statements(() -> this.entities.get("users", "u1").orElseThrow())).isOne();
		assertThat(statements(() -> this.entities.find("users", EntityQuery.all()))).isOne();
		assertThat(statements(() -> this.entities.history("users", "u1"))).isOne();
		assertThat(statements(() -> this.entities.count("users"))).isOne();
	}

}

package io.dbop.autoconfigure;

import java.sql.SQLTransientConnectionException;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerState;
import io.dbop.pool.ConnectionPool;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What goes on working when dbop is switched off, as a whole or for an alias. */
@EachDatabase
class SwitchedOffTests {

	private final ApplicationContextRunner off = Applications.jdbc()
		.withBean(SimpleMeterRegistry.class)
		.withBean(Work.class)
		.withPropertyValues("dbop.enabled=false");

	private final DatabaseInstance database;

	SwitchedOffTests(DatabaseInstance database) {
		this.database = database;
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.datasource", "dbop.databases.main" })
	void whenSwitchedOffThenAnnotatedMethodsStillRunInTheirTransactionOnThePlainPool(String prefix) {
		this.off.withPropertyValues(location(prefix)).run((context) -> {
			assertThat(context.getBean(DataSource.class).getClass()).isSameAs(HikariDataSource.class);
			assertThat(ConnectionPool.of(context.getBean(DataSource.class))).isNull();
			Work work = context.getBean(Work.class);
			work.create();
			work.insert(1, null);
			assertThatExceptionOfType(CannotAcquireLockException.class)
				.isThrownBy(() -> work.insert(2, new CannotAcquireLockException("deadlock")));
			assertThat(work.calls()).isEqualTo(2);
			assertThat(rows(context)).isOne();
			assertThat(work.instead(3)).isEqualTo(-1);
			assertThat(rows(context)).isOne();
		});
	}

	@Test
	void whenSwitchedOffThenOperationsAreStillCounted() {
		this.off.withPropertyValues(location("dbop.databases.main")).run((context) -> {
			context.getBean(Work.class).create();
			assertThat(context.getBean(MeterRegistry.class)
				.get("dbop.operations")
				.tag("operation", "Work.create")
				.functionTimer()
				.count()).isOne();
		});
	}

	@Test
	void whenSwitchedOffThenNoBreakerOpens() {
		this.off.withPropertyValues(location("dbop.databases.main")).run((context) -> {
			for (int i = 0; i < 10; i++) {
				assertThatException().isThrownBy(context.getBean(Work.class)::unreachable);
			}
			assertThat(context.getBean(BreakerRegistry.class).all()).isEmpty();
		});
	}

	@Test
	void whenAnAliasIsObservedThenFailuresAreCountedAndNotRetried() {
		Applications.jdbc()
			.withBean(SimpleMeterRegistry.class)
			.withBean(Work.class)
			.withPropertyValues(location("dbop.databases.main"))
			.withPropertyValues("dbop.databases.main.mode=observe")
			.run((context) -> {
				Work work = context.getBean(Work.class);
				work.create();
				assertThatExceptionOfType(CannotAcquireLockException.class)
					.isThrownBy(() -> work.insert(1, new CannotAcquireLockException("deadlock")));
				assertThat(work.calls()).isOne();
				assertThat(rows(context)).isZero();
				assertThat(context.getBean(MeterRegistry.class)
					.get("dbop.operations.failures")
					.tag("operation", "Work.insert")
					.functionCounter()
					.count()).isOne();
				for (int i = 0; i < 5; i++) {
					assertThatException().isThrownBy(work::unreachable);
				}
				assertThat(context.getBean(BreakerRegistry.class).breaker("main").state()).isEqualTo(BreakerState.OPEN);
			});
	}

	private String[] location(String prefix) {
		return Applications.located(prefix, this.database);
	}

	private static int rows(ApplicationContext context) {
		return context.getBean(JdbcClient.class).sql("SELECT count(*) FROM item").query(Integer.class).single();
	}

	static class Work {

		private final JdbcClient client;

		private int calls;

		Work(JdbcClient client) {
			this.client = client;
		}

		@DbRetry
		@AutoTransaction
		void create() {
			this.client.sql("CREATE TABLE item (id INT PRIMARY KEY)").update();
		}

		@DbRetry(maxRetries = 5)
		@AutoTransaction
		@CircuitBreaker
		void insert(int id, @Nullable RuntimeException failure) {
			this.calls++;
			this.client.sql("INSERT INTO item VALUES (?)").param(id).update();
			if (failure != null) {
				throw failure;
			}
		}

		@DbRetry(fallback = "fallback")
		@AutoTransaction
		int instead(int id) {
			this.client.sql("INSERT INTO item VALUES (?)").param(id).update();
			throw new CannotAcquireLockException("deadlock");
		}

		int calls() {
			return this.calls;
		}

		int fallback(int id) {
			return -1;
		}

		@CircuitBreaker
		void unreachable() {
			throw new CannotGetJdbcConnectionException("nobody there",
					new SQLTransientConnectionException(UUID.randomUUID().toString(), "08001"));
		}

	}

}

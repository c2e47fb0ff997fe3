package io.dbop.scaling;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** A database that is down is not called well because no breaker of dbop says so. */
@EachDatabase
class OutageTests {

	private final DatabaseInstance database;

	OutageTests(DatabaseInstance database) {
		this.database = database;
	}

	@Test
	void whenTheDatabaseRefusesCallersOutsideOperationsThenThatIsTold() {
		outage(WireProxy::down);
	}

	@Test
	void whenTheDatabaseDoesNotAnswerCallersOutsideOperationsThenThatIsTold() {
		outage(WireProxy::blackHole);
	}

	private void outage(Consumer<WireProxy> begin) {
		assumeThat(this.database.database()).as("speaks over the wire")
			.isIn(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
		try (WireProxy proxy = this.database.proxy(); ConfigurableApplicationContext application = start(proxy)) {
			JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);
			DatabaseAdvisor advisor = application.getBean(DatabaseAdvisor.class);
			jdbc.queryForObject("select 1", Integer.class);
			begin.accept(proxy);
			await().atMost(Duration.ofSeconds(20)).until(() -> call(jdbc) >= 3);
			Report report = Objects.requireNonNull(advisor.report("main"));
			assertThat(report.level()).isGreaterThanOrEqualTo(AdviceLevel.WARNING);
			assertThat(report.advice()).extracting(Advice::cause).containsExactly(Advice.CONNECTIONS_FAIL);
		}
	}

	private int failed;

	private int call(JdbcTemplate jdbc) {
		try {
			jdbc.queryForObject("select 1", Integer.class);
		}
		catch (CannotGetJdbcConnectionException ex) {
			this.failed++;
		}
		catch (DataAccessException ex) {
			// The connection that was there was lost.
		}
		return this.failed;
	}

	private ConfigurableApplicationContext start(WireProxy proxy) {
		return Applications.start(None.class,
				Stream
					.of(Applications.alias("main", this.database.through(proxy)),
							new String[] { "dbop.databases.main.pool.max=3", "dbop.databases.main.pool.min=1",
									"dbop.databases.main.connection-acquisition-timeout=500ms",
									"dbop.databases.main.query-execution-timeout=1s", "dbop.advice.interval=200ms" })
					.flatMap(Stream::of)
					.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	static class None {

	}

}

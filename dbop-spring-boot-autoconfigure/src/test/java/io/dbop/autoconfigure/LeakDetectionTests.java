package io.dbop.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import io.dbop.actuate.DatabaseDescriptor.PoolDescriptor;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.database.Database;
import io.dbop.database.DatabaseSession;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import io.dbop.test.Borrower;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Leaks are looked for as it is configured. */
class LeakDetectionTests {

	@ParameterizedTest
	@ValueSource(strings = { "dbop.databases.default", "spring.datasource" })
	@DisplayName("P5: a connection held longer than the configured threshold is counted once, its own pool or not")
	void whenTheConfiguredThresholdIsOverThenTheLeakIsCounted(String prefix) {
		Applications.jdbc()
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues(prefix + ".url=jdbc:h2:mem:" + UUID.randomUUID(), "dbop.leak-detection.threshold=100ms",
					"dbop.leak-detection.period=100ms", "management.endpoints.web.exposure.include=dbop")
			.run((context) -> {
				ConnectionPool pool = context.getBean(PoolRegistry.class).get("default");
				try (Connection connection = Borrower.forget(context.getBean(DataSource.class))) {
					await().until(() -> pool.statistics().leaks() == 1);
					PoolDescriptor shown = Objects
						.requireNonNull(context.getBean(DbopEndpoint.class).database("default").pool());
					assertThat(shown.leaks()).isOne();
					assertThat(shown.holders()).singleElement()
						.satisfies((holder) -> assertThat(holder.callSite()).contains("Borrower.forget"));
					assertThat(connection.isValid(1)).isTrue();
				}
				assertThat(context.getBean(MeterRegistry.class)
					.get("dbop.connections.leaks")
					.tag("alias", "default")
					.functionCounter()
					.count()).isOne();
			});
	}

	@Test
	@DisplayName("P5: a session that is not closed is known by where it was opened")
	void whenASessionIsOpenThenItIsKnownWhereThatWasDone() {
		Applications.jdbc().withPropertyValues(Applications.inMemory("main")).run((context) -> {
			ConnectionPool pool = context.getBean(PoolRegistry.class).get("main");
			try (DatabaseSession session = context.getBean(Database.class).open()) {
				assertThat(session.inTransaction()).isFalse();
				assertThat(pool.activity().holders()).singleElement()
					.satisfies((holder) -> assertThat(holder.callSite()).contains("LeakDetectionTests"));
			}
			assertThat(pool.activity().holders()).isEmpty();
		});
	}

	@Test
	void whenSwitchedOffThenNothingIsNoted() {
		Applications.jdbc()
			.withPropertyValues(Applications.inMemory("main"), "dbop.leak-detection.enabled=false")
			.run((context) -> {
				try (Connection connection = Borrower.forget(context.getBean(DataSource.class))) {
					assertThat(connection.isClosed()).isFalse();
					assertThat(context.getBean(PoolRegistry.class).get("main").activity().holders()).singleElement()
						.satisfies((holder) -> assertThat(holder.acquisition()).isNull());
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			});
	}

}

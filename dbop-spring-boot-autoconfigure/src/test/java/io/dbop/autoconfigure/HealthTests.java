package io.dbop.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is told of databases that answer late, or have no connection left. */
class HealthTests {

	private final Slow slow = new Slow();

	private final ApplicationContextRunner runner = Contexts.jdbc()
		.withConfiguration(AutoConfigurations.of(DbopHealthAutoConfiguration.class))
		.withBean("dataSource", Slow.class, () -> this.slow);

	@Test
	void whenConnectingTakesLongerThanASecondThenOneCheckAnswersAllAndItIsUp() {
		this.slow.delay = Duration.ofMillis(1500);
		this.runner.run((context) -> {
			Thread other = new Thread(() -> health(context));
			other.start();
			await().until(() -> this.slow.opened.get() == 1);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			other.join();
			assertThat(this.slow.opened).hasValue(1);
		});
	}

	@Test
	void whenTheServerHasNoConnectionToSpareThenItIsSaidAndNotDown() {
		this.runner.run((context) -> {
			assertThat(health(context).getDetails()).doesNotContainKey("server");
			this.slow.refusal = new SQLException("no more", "90108", 90108);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(health(context).getDetails()).containsKey("server");
			this.slow.refusal = new SQLException("gone", "08001");
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@ParameterizedTest
	@CsvSource({ "management.health.db.enabled=false, x=y, false", "management.health.dbop.enabled=false, x=y, false",
			"management.health.db.enabled=false, management.health.dbop.enabled=true, true", "x=y, x=y, true" })
	void whenSwitchedOffThenThereIsNone(String property, String another, boolean present) {
		this.runner.withPropertyValues(property, another)
			.run((context) -> assertThat(context.containsBean("dbopHealthContributor")).isEqualTo(present));
	}

	private static Health health(ApplicationContext context) {
		CompositeHealthContributor all = (CompositeHealthContributor) context.getBean("dbopHealthContributor");
		return ((HealthIndicator) all.getContributor("default")).health();
	}

	/** Connects late, or not. */
	static class Slow extends AbstractDataSource {

		private final AtomicInteger opened = new AtomicInteger();

		private volatile Duration delay = Duration.ZERO;

		private volatile SQLException refusal;

		public String getUrl() {
			return "jdbc:h2:mem:slow";
		}

		@Override
		public Connection getConnection() throws SQLException {
			this.opened.incrementAndGet();
			try {
				new CountDownLatch(1).await(this.delay.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				throw new SQLException(ex);
			}
			if (this.refusal != null) {
				throw this.refusal;
			}
			return DriverManager.getConnection(getUrl());
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}

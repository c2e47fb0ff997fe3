package io.dbop.aop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.annotation.DbTimeout;
import io.dbop.annotation.TrackSlow;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.ExecutionListener;
import io.dbop.test.Applications;
import io.dbop.test.Logs;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Annotations on interfaces that no class of the application implements. */
class InterfacesTests {

	private static final String URL = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20";

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() {
		application = Applications.start(Beans.class, "dbop.databases.main.url=" + URL,
				"dbop.databases.main.retry.initial-delay=1ms", "management.endpoints.web.exposure.include=dbop",
				"management.endpoints.jmx.exposure.include=dbop", "spring.jpa.hibernate.ddl-auto=create");
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@Test
	@DisplayName("B4: a repository's own query is repeated with its transaction")
	void whenAQueryOfARepositoryMeetsALockThenItIsRepeated() throws SQLException {
		Items items = application.getBean(Items.class);
		items.save(new Item(1, "new"));
		try (Lock lock = application.getBean(Lock.class).on(1)) {
			assertThat(items.rename(1, "renamed")).isOne();
			assertThat(lock.retries).isOne();
		}
		assertThat(items.findById(1)).get().extracting((item) -> item.name).isEqualTo("renamed");
	}

	@Test
	@DisplayName("B4: what a repository inherits is repeated too")
	void whenAnInheritedMethodMeetsALockThenItIsRepeated() throws SQLException {
		Items items = application.getBean(Items.class);
		items.save(new Item(2, "new"));
		try (Lock lock = application.getBean(Lock.class).on(2)) {
			items.deleteById(2);
			assertThat(lock.retries).isOne();
		}
		assertThat(items.existsById(2)).isFalse();
	}

	@Test
	void whenADefaultMethodOfARepositoryIsAnnotatedThenItRunsInATransactionAndIsRepeated() {
		Flaky flaky = application.getBean(Flaky.class);
		flaky.fail(2);
		assertThat(application.getBean(Items.class).inTransaction(flaky)).isTrue();
		assertThat(flaky.attempts()).isEqualTo(3);
	}

	@Test
	void whenAFactoryMakesTheProxyThenItsInterfaceIsAnnotatedAllTheSame() {
		Flaky flaky = application.getBean(Flaky.class);
		flaky.fail(2);
		assertThat(application.getBean(Gateway.class).call("a")).isEqualTo("a in attempt 3");
	}

	@Test
	@DisplayName("P4: methods of a repository are watched under its name, with the names of their parameters")
	void whenARepositoryIsWatchedThenItsMethodsAreLoggedUnderItsName() {
		Items items = application.getBean(Items.class);
		try (Logs logs = Logs.of("io.dbop.slow")) {
			items.rename(99, "renamed");
			items.existsById(99);
			assertThat(logs.at(Level.WARN)).extracting(ILoggingEvent::getFormattedMessage)
				.satisfiesExactly(
						(message) -> assertThat(message)
							.startsWith("Database 'main': the method Items.rename(id=Integer, name=String(7)) took"),
						(message) -> assertThat(message).startsWith("Database 'main': the method Items.existsById("));
		}
		assertThat(application.getBean(DbopEndpoint.class).databases().databases().get("main").operations())
			.containsKeys("Items.rename", "Items.existsById");
	}

	@Test
	@DisplayName("O2: a time limit on a method of a repository holds")
	void whenAMethodOfARepositoryTakesTooLongThenItIsEnded() {
		Items items = application.getBean(Items.class);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(items::endless);
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Item.class)
	@EnableJpaRepositories(considerNestedRepositories = true, basePackageClasses = Items.class)
	@ImportAutoConfiguration(HibernateJpaAutoConfiguration.class)
	@Import({ Flaky.class, Lock.class, GatewayFactory.class })
	static class Beans {

	}

	@Entity(name = "item")
	static class Item {

		@Id
		int id;

		String name;

		Item() {
			this(0, "");
		}

		Item(int id, String name) {
			this.id = id;
			this.name = name;
		}

	}

	@DbRetry
	@TrackSlow("1ns")
	interface Items extends JpaRepository<Item, Integer> {

		@Modifying
		@Transactional
		@Query("update item i set i.name = ?2 where i.id = ?1")
		int rename(int id, String name);

		@DbTimeout("200ms")
		@Query(nativeQuery = true,
				value = "select max(a.x + b.x) from system_range(1, 1000000) a, system_range(1, 1000000) b")
		long endless();

		@AutoTransaction
		default boolean inTransaction(Flaky flaky) {
			flaky.attempt();
			return TransactionSynchronizationManager.isActualTransactionActive();
		}

	}

	/** Somebody else's lock on an item, let go when that made a retry necessary. */
	static class Lock implements ExecutionListener, AutoCloseable {

		int retries;

		private @Nullable Connection connection;

		Lock on(int id) throws SQLException {
			this.retries = 0;
			this.connection = DriverManager.getConnection(URL);
			this.connection.setAutoCommit(false);
			this.connection.createStatement().execute("select * from item where id = " + id + " for update");
			return this;
		}

		@Override
		public void onRetry(AttemptContext context, Throwable failure, Duration delay) {
			this.retries++;
			close();
		}

		@Override
		public void close() {
			try {
				if (this.connection != null) {
					this.connection.close();
				}
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	interface Gateway {

		@DbRetry
		String call(String argument);

	}

	/** Answers without a target, as clients made from interfaces do. */
	static class GatewayFactory implements FactoryBean<Gateway> {

		private final Flaky flaky;

		GatewayFactory(Flaky flaky) {
			this.flaky = flaky;
		}

		@Override
		public Gateway getObject() {
			return ProxyFactory.getProxy(Gateway.class,
					(org.aopalliance.intercept.MethodInterceptor) (invocation) -> invocation.getArguments()[0]
							+ " in attempt " + this.flaky.attempt());
		}

		@Override
		public Class<?> getObjectType() {
			return Gateway.class;
		}

	}

}

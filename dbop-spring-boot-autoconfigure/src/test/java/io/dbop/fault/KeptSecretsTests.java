package io.dbop.fault;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.dbop.annotation.DbTimeout;
import io.dbop.annotation.Profiled;
import io.dbop.annotation.TrackSlow;
import io.dbop.database.Database;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.Logs;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Whatever goes wrong: no password and no value stands in logs, meters, the endpoint,
 * exceptions of dbop, or what its beans say of themselves.
 */
@Tag("fault")
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class KeptSecretsTests {

	private static final String PASSWORD = "Pa55-word";

	private static final String VALUE = "ann.secret@example.org";

	private final DatabaseInstance database;

	private final WireProxy proxy;

	private final Logs logs = Logs.of("io.dbop");

	KeptSecretsTests(DatabaseInstance database) {
		this.database = database;
		this.proxy = database.proxy();
		JdbcClient direct = JdbcClient.create(database.dataSource());
		direct.sql("create table person (id integer not null, email varchar(60) primary key)").update();
		String name = user();
		List<String> ddl = (database.database() == TestDatabase.POSTGRESQL)
				? List.of("create role " + name + " login superuser password '" + PASSWORD + "'")
				: List.of("create user " + name + "@'%' identified by '" + PASSWORD + "'",
						"grant all on *.* to " + name + "@'%'");
		ddl.forEach((each) -> direct.sql(each).update());
	}

	private String user() {
		return "dbop_user_" + ProcessHandle.current().pid();
	}

	@AfterEach
	void close() {
		this.proxy.close();
		this.logs.close();
		List<String> drop = (this.database.database() == TestDatabase.POSTGRESQL)
				? List.of("drop owned by " + user() + " cascade", "drop role " + user())
				: List.of("drop user " + user() + "@'%'");
		drop.forEach((each) -> JdbcClient.create(this.database.dataSource()).sql(each).update());
	}

	@Test
	@DisplayName("P4: in whatever way calls fail, neither password nor value is told")
	void whenEverythingFailsThenNothingIsTold() {
		application(this.database.through(this.proxy).url(), PASSWORD).run((context) -> {
			List<Throwable> thrown = new ArrayList<>();
			// What a context starts with is logged before levels are set.
			try (Logs all = Logs.of("io.dbop")) {
				fail(context, thrown);
				isFree(all, 5);
			}
			assertThat(thrown).hasSizeGreaterThan(8);
			thrown.forEach(KeptSecretsTests::isNotTold);
			isNotTold(context);
		});
	}

	@Test
	@DisplayName("a password that is wrong, or stands in the URL, is not told when the start fails")
	void whenTheStartFailsThenThePasswordIsNotTold() {
		String url = this.database.url();
		String separator = url.contains("?") ? "&" : "?";
		this.proxy.down();
		for (String bad : List.of(this.database.through(this.proxy).url() + separator + "password=" + PASSWORD,
				url.replaceFirst("//[^/]+/", "//user:" + PASSWORD + "@127.0.0.1:1/"), "jdbc:nothing:" + PASSWORD)) {
			application(bad, PASSWORD).withPropertyValues("dbop.databases.main.startup=fail").run((context) -> {
				if (context.getStartupFailure() == null) {
					isNotTold(Objects.requireNonNull(catchThrowable(() -> context.getBean(People.class).add(1))));
					isNotTold(context);
				}
				else {
					isNotTold(context.getStartupFailure());
				}
			});
		}
		isFree(this.logs, 0);
	}

	@Test
	@DisplayName("a password in a URL that its driver does not take is not told")
	void whenTheDriverDoesNotSuitThenThePasswordIsNotTold() {
		String driver = (this.database.database() == TestDatabase.POSTGRESQL) ? "org.mariadb.jdbc.Driver"
				: "org.postgresql.Driver";
		String url = this.database.url().replaceFirst("//[^/]+/", "//user:" + PASSWORD + "@127.0.0.1:1/");
		application(url, PASSWORD)
			.withPropertyValues("dbop.databases.main.startup=fail", "dbop.databases.main.driver-class-name=" + driver)
			.run((context) -> isNotTold(context.getStartupFailure()));
		isFree(this.logs, 0);
	}

	private ApplicationContextRunner application(String url, String password) {
		return Applications.jdbc()
			.withBean(SimpleMeterRegistry.class)
			.withBean(People.class)
			.withPropertyValues("management.endpoints.web.exposure.include=dbop", "dbop.databases.main.url=" + url,
					"dbop.databases.main.username=" + user(), "dbop.databases.main.password=" + password,
					"dbop.databases.main.pool.max=2", "dbop.databases.main.connection-acquisition-timeout=500ms",
					"dbop.databases.main.retry.initial-delay=1ms", "dbop.slow-query.threshold=1ns",
					"dbop.leak-detection.threshold=10ms");
	}

	private void fail(AssertableApplicationContext context, List<Throwable> thrown) throws Exception {
		People people = context.getBean(People.class);
		Database db = context.getBean(Database.class);
		people.add(1);
		thrown.add(catchThrowable(() -> people.add(2)));
		this.proxy.cutNext((sql) -> sql.startsWith("insert into person"), CutPoint.BEFORE_SERVER);
		thrown.add(catchThrowable(() -> people.add(3)));
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		thrown.add(catchThrowable(() -> people.rename("x" + VALUE)));
		thrown.add(catchThrowable(() -> people.slow(this.database.sleepSql(Duration.ofSeconds(10)))));
		thrown.add(catchThrowable(() -> db.sql("insert into person values (4, '" + VALUE + "'").update()));
		thrown.add(catchThrowable(() -> db.sql("insert into person values (5, :email)").params("x" + VALUE).update()));
		thrown.add(catchThrowable(() -> db.sql("select :email").params(Map.of("mail", VALUE)).single(String.class)));
		db.entities().save("people", "1", Map.of("email", 1));
		thrown.add(catchThrowable(() -> db.entities().save("people", "1", Map.of("email", VALUE))));
		thrown.add(catchThrowable(() -> db.entities().save(VALUE, Map.of("a", 1))));
		try (Connection one = pool(context); Connection other = pool(context)) {
			assertThat(one).isNotSameAs(other);
			thrown.add(catchThrowable(() -> people.add(6)));
		}
		this.proxy.down();
		for (int i = 0; i < 6; i++) {
			thrown.add(catchThrowable(() -> people.add(7)));
		}
	}

	private static Connection pool(AssertableApplicationContext context) throws Exception {
		return context.getBean(PoolRegistry.class).get("main").dataSource().getConnection();
	}

	/** The database's own exception quotes the value; dbop does not repeat it. */
	private static void isNotTold(Throwable thrown) {
		assertThat(thrown).isNotNull();
		Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
			.flatMap((each) -> Stream.concat(Stream.of(each), Arrays.stream(each.getSuppressed())))
			.forEach((each) -> {
				assertThat(each.toString()).doesNotContain(PASSWORD);
				if (each.getClass().getName().startsWith("io.dbop")) {
					assertThat(each.toString()).doesNotContain(VALUE);
				}
			});
	}

	private static void isNotTold(AssertableApplicationContext context) {
		DbopEndpoint endpoint = context.getBean(DbopEndpoint.class);
		isFree(JsonMapper.shared().writeValueAsString(endpoint.databases()));
		isFree(JsonMapper.shared().writeValueAsString(endpoint.database("main")));
		isFree(((SimpleMeterRegistry) context.getBean(MeterRegistry.class)).getMetersAsString());
		for (String name : context.getBeanDefinitionNames()) {
			Object bean = context.getBean(name);
			if (bean.getClass().getName().startsWith("io.dbop")) {
				isFree(bean.toString());
			}
		}
		isFree(context.getBean(PoolRegistry.class).get("main").toString());
		isFree(String.valueOf(context.getBean(PoolRegistry.class).get("main").config()));
	}

	private static void isFree(Logs logs, int atLeast) {
		List<ILoggingEvent> events = Stream.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG)
			.flatMap((level) -> logs.at(level).stream())
			.toList();
		assertThat(events).hasSizeGreaterThanOrEqualTo(atLeast);
		events.forEach((event) -> {
			isFree(event.getFormattedMessage());
			if (event.getThrowableProxy() != null) {
				isFree(ThrowableProxyUtil.asString(event.getThrowableProxy()));
			}
		});
	}

	private static void isFree(String text) {
		assertThat(text).doesNotContain(PASSWORD, VALUE);
	}

	static class People {

		private final JdbcClient client;

		People(JdbcClient client) {
			this.client = client;
		}

		@DbRetry
		@AutoTransaction
		@CircuitBreaker
		@TrackSlow
		@Profiled
		void add(int id) {
			this.client.sql("insert into person (id, email) values (?, ?)").params(id, VALUE).update();
		}

		@DbRetry
		@AutoTransaction
		@TrackSlow
		void rename(String email) {
			this.client.sql("update person set email = ?").params(email).update();
		}

		@DbTimeout("200ms")
		@TrackSlow
		void slow(String sleep) {
			this.client.sql(sleep + " -- " + VALUE).query().listOfRows();
		}

	}

}

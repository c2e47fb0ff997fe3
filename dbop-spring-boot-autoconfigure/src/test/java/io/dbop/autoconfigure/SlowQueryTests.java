package io.dbop.autoconfigure;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.annotation.TrackSlow;
import io.dbop.autoconfigure.jpa.Account;
import io.dbop.database.Database;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.Logs;
import io.dbop.test.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Slow statements of an application, as it is configured. A threshold that none stays
 * below stands for a long time.
 */
@EachDatabase
class SlowQueryTests {

	private static final String INSERT = "insert into note (id, text) values (?, ?)";

	private static final String SECRET = "hunter2";

	private final Logs logs = Logs.of("io.dbop.slow");

	private final DatabaseInstance database;

	SlowQueryTests(DatabaseInstance database) {
		this.database = database;
	}

	@AfterEach
	void close() {
		this.logs.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "dbop.databases.default", "spring.datasource" })
	@DisplayName("P4: a slow statement is logged once whoever executes it, counted, and shown by the endpoint")
	void whenAStatementIsSlowThenItIsLoggedCountedAndShown(String prefix) {
		runner(prefix, "dbop.slow-query.threshold=1ns").run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("create table note (id int, text varchar(20))");
			jdbc.update(INSERT, 1, SECRET);
			assertThat(messages()).filteredOn((message) -> message.contains(INSERT))
				.singleElement()
				.asString()
				.startsWith("Database 'default': a statement took ")
				.endsWith("and succeeded: " + INSERT);
			assertThat(context.getBean(MeterRegistry.class)
				.get("dbop.statements.slow")
				.tag("alias", "default")
				.functionCounter()
				.count()).isGreaterThanOrEqualTo(2);
			assertThat(context.getBean(DbopEndpoint.class).database("default")).isNotNull()
				.extracting((descriptor) -> descriptor.statements().slow())
				.satisfies((slow) -> assertThat((Long) slow).isGreaterThanOrEqualTo(2));
		});
	}

	@Test
	@DisplayName("P4: parameters of the handle are masked by default, told if asked for, and secrets never")
	void whenTheHandleExecutesThenItsParametersAreToldAsConfigured() {
		String named = "insert into note (id, text) values (:id, :text)";
		for (String mode : List.of("masked", "full", "none")) {
			runner("dbop.databases.default", "dbop.slow-query.threshold=1ns", "dbop.slow-query.parameters=" + mode,
					"dbop.slow-query.sensitive-names=text2")
				.run((context) -> {
					JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
					jdbc.execute("create table note_" + mode + " (id int, text varchar(20), password varchar(20))");
					Database database = context.getBean(Database.class);
					database.sql(named.replace("note", "note_" + mode)).param("id", 1).param("text", "Ann").update();
					database.sql("update note_" + mode + " set password = ?").params(SECRET).update();
				});
		}
		assertThat(of("into note_masked")).endsWith("(parameters: id=Integer, text=String(3))");
		assertThat(of("into note_full")).endsWith("(parameters: id=1, text='Ann')");
		assertThat(of("into note_none")).endsWith("values (?, ?)");
		assertThat(of("update note_full")).endsWith("set password = ? (parameters: ***)");
		assertThat(messages()).noneMatch((message) -> message.contains(SECRET));
	}

	@Test
	@DisplayName("P4: statement and method are two facts, each logged once")
	void whenAMethodIsSlowForItsStatementThenBothAreLoggedOnce() {
		runner("dbop.databases.default", "dbop.slow-query.threshold=1ns").withBean(Notes.class).run((context) -> {
			context.getBean(JdbcTemplate.class).execute("create table note (id int, text varchar(20))");
			context.getBean(Notes.class).write(1, SECRET);
			assertThat(messages()).filteredOn((message) -> message.contains(INSERT)).hasSize(1);
			assertThat(of("Notes.write(id=Integer, text=String(7))")).startsWith("The method ");
		});
	}

	@Test
	@DisplayName("P4: statements of JPA are logged too, without values")
	void whenJpaExecutesThenItsStatementsAreLogged() {
		assumeThat(this.database.database()).isEqualTo(TestDatabase.H2);
		runner("dbop.databases.default", "dbop.slow-query.threshold=1ns", "spring.jpa.hibernate.ddl-auto=create")
			.withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
			.withUserConfiguration(Entities.class)
			.run((context) -> {
				EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
				factory.runInTransaction(
						(manager) -> manager.createQuery("select a from Account a where a.id = 4711").getResultList());
				assertThat(messages())
					.anyMatch((message) -> message.contains(" from account ") || message.contains(" from Account "))
					.noneMatch((message) -> message.contains("4711"));
			});
	}

	@Test
	void whenSwitchedOffThenNothingIsLogged() {
		for (String property : List.of("dbop.slow-query.threshold=0", "dbop.slow-query.threshold=1h",
				"dbop.enabled=false")) {
			runner("dbop.databases.default", "dbop.slow-query.threshold=1ns", property).run((context) -> {
				JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
				jdbc.queryForObject("select 1", Integer.class);
				assertThat(messages()).isEmpty();
			});
		}
	}

	private ApplicationContextRunner runner(String prefix, String... properties) {
		return Applications.jdbc()
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("management.endpoints.web.exposure.include=dbop",
					"management.endpoints.jmx.exposure.include=dbop")
			.withPropertyValues(Applications.located(prefix, this.database))
			.withPropertyValues(properties);
	}

	private String of(String part) {
		List<String> found = messages().stream().filter((message) -> message.contains(part)).toList();
		assertThat(found).as("with '%s' in %s", part, messages()).hasSize(1);
		return found.get(0);
	}

	private List<String> messages() {
		return this.logs.at(Level.WARN).stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Account.class)
	static class Entities {

	}

	static class Notes {

		private final JdbcTemplate jdbc;

		Notes(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@TrackSlow
		public void write(int id, String text) {
			this.jdbc.update(INSERT, id, text);
		}

	}

}

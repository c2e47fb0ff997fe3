package com.example.hsqldb;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.dbop.actuate.DbopEndpoint;
import io.dbop.database.Database;
import io.dbop.dialect.DatabaseLocation;
import io.dbop.dialect.Dialect;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Applications on a database that dbop has no dialect of its own for. */
class HsqldbApplicationTests {

	private final ApplicationContextRunner runner = Applications.jdbc()
		.withPropertyValues("management.endpoints.web.exposure.include=dbop");

	private final String name = UUID.randomUUID().toString();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheTypeIsNamedThenTheApplicationStartsOnIt(boolean bean) {
		ApplicationContextRunner application = bean ? this.runner.withBean(OwnDialect.class) : this.runner;
		application.withPropertyValues("dbop.databases.h.type=hsqldb", "dbop.databases.h.database=" + this.name)
			.run((context) -> {
				Database db = context.getBean(Database.class);
				db.sql("CREATE TABLE [item] ([id] INTEGER PRIMARY KEY)").update();
				db.inTransaction((tx) -> {
					tx.sql("INSERT INTO [item] ([id]) VALUES (?)").param(7).update();
				});
				assertThat(db.sql("SELECT [id] FROM [item]").single(Integer.class)).isEqualTo(7);
				assertThatExceptionOfType(DuplicateKeyException.class)
					.isThrownBy(() -> db.sql("INSERT INTO [item] ([id]) VALUES (?)").param(7).update());
				assertThat(dialect(context)).isInstanceOf(bean ? OwnDialect.class : HsqldbDialect.class);
				assertThat(Objects.requireNonNull(context.getBean(DbopEndpoint.class).database("h")).configuration())
					.containsEntry("dialect", "hsqldb")
					.containsEntry("location",
							"jdbc:hsqldb:mem:" + this.name + (bean ? "" : ";hsqldb.tx=mvcc;sql.syntax_pgs=true"));
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "dbop.databases.h.url", "spring.datasource.url" })
	void whenOnlyTheUrlIsKnownThenItTellsTheDialect(String property) {
		String url = property + "=jdbc:hsqldb:mem:" + this.name + ";sql.syntax_pgs=true";
		this.runner.withPropertyValues(url).run((context) -> {
			assertThat(context.getBean(Database.class).sql("SELECT 1").single(Integer.class)).isOne();
			assertThat(dialect(context)).isInstanceOf(HsqldbDialect.class);
		});
		this.runner.withPropertyValues(url).withBean(OwnDialect.class).run((context) -> {
			context.getBean(Database.class).sql("CREATE TABLE [item] ([id] INTEGER)").update();
			assertThat(dialect(context)).isInstanceOf(OwnDialect.class);
		});
	}

	@Test
	void whenTheTypeIsUnknownThenItIsAmongTheKnownOnes() {
		this.runner.withPropertyValues("dbop.databases.h.type=hsql", "dbop.databases.h.database=" + this.name)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("one of hsqldb,", "postgresql"));
	}

	private static Dialect dialect(ApplicationContext context) {
		ConnectionPool pool = context.getBean(PoolRegistry.class).all().iterator().next();
		return pool.dialect();
	}

	/** The least that a dialect can be. */
	static class OwnDialect implements Dialect {

		@Override
		public String name() {
			return "hsqldb";
		}

		@Override
		public List<String> urlPrefixes() {
			return List.of("jdbc:hsqldb:");
		}

		@Override
		public String url(DatabaseLocation location) {
			return "jdbc:hsqldb:mem:" + location.database();
		}

		@Override
		public String driverClassName() {
			return "org.hsqldb.jdbc.JDBCDriver";
		}

		@Override
		public String driverCoordinates() {
			return "org.hsqldb:hsqldb";
		}

	}

}

package io.dbop.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Locks on the tables of entities that a session holds, and what they leave behind. */
@EachDatabase({ TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.H2 })
class TableLockTests {

	private static final Duration WAIT = Duration.ofSeconds(1);

	private final TestDatabase kind;

	private final TableSql tables;

	private final Connections connections;

	TableLockTests(DatabaseInstance instance) {
		this.kind = instance.database();
		this.tables = Objects.requireNonNull(new Dialects(List.of()).findByUrl(instance.url())).tables();
		this.connections = new Connections(instance.dataSource());
	}

	@AfterEach
	void close() throws SQLException {
		this.connections.close();
	}

	@Test
	void whenTheLockIsNotToBeHadThenTheSessionIsAsItWas() throws Exception {
		SessionLimits held = this.tables.lock(this.connections.open(), "users", WAIT);
		Connection waiting = this.connections.open();
		String before = wait(waiting);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> elsewhere(waiting).get())
			.withCauseInstanceOf(SQLTimeoutException.class);
		assertThat(wait(waiting)).isEqualTo(before);
		held.takeBack(false);
		elsewhere(waiting).get();
		assertThat(wait(waiting)).isEqualTo(before);
	}

	@Test
	void whenTheSettingCannotBeMadeThenTheLockIsNotKept() throws Exception {
		Connection refusing = refusing(this.connections.open());
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.tables.lock(refusing, "users", WAIT))
			.withMessage("refused");
		elsewhere(this.connections.open()).get();
	}

	@Test
	void whenAChangeWasAtWorkBeforeItHadToWaitThenItHasAllItsTime() throws SQLException {
		assumeThat(this.kind).isNotEqualTo(TestDatabase.H2);
		Connection connection = this.connections.open();
		String usual = wait(connection);
		List<String> waits = new ArrayList<>();
		try (Statement statement = connection.createStatement()) {
			Statement copying = (Statement) Proxy.newProxyInstance(Statement.class.getClassLoader(),
					new Class<?>[] { Statement.class }, (proxy, method, arguments) -> {
						if (!method.getName().equals("execute")) {
							return method.invoke(statement, arguments);
						}
						waits.add(wait(connection));
						if (waits.size() == 1) {
							statement.execute("SELECT SLEEP(3.2)");
							throw new SQLException("Lock wait timeout exceeded", "HY000", 1205);
						}
						return statement.execute(String.valueOf(arguments[0]));
					});
			this.tables.change(copying, "CREATE TABLE copied (id INTEGER)", WAIT);
		}
		assertThat(waits).containsExactly("1", usual);
		assertThat(wait(connection)).isEqualTo(usual);
	}

	@Test
	void whenTheTableIsHeldForLongerThanATurnThenTheChangeWaits() throws Exception {
		assumeThat(this.kind).isNotEqualTo(TestDatabase.H2);
		Connection holder = this.connections.open();
		run(holder, "CREATE TABLE held (id INTEGER)");
		holder.setAutoCommit(false);
		run(holder, "SELECT * FROM held");
		CompletableFuture<Void> change = changing(this.connections.open(), Duration.ofSeconds(30));
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> change.get(2500, TimeUnit.MILLISECONDS));
		holder.rollback();
		change.get();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> {
			run(holder, "SELECT * FROM held");
			changing(this.connections.open(), WAIT).get();
		}).havingRootCause().isInstanceOf(SQLException.class);
	}

	private CompletableFuture<Void> changing(Connection connection, Duration wait) {
		return CompletableFuture.runAsync(() -> {
			try (Statement statement = connection.createStatement()) {
				this.tables.change(statement, "ALTER TABLE held ADD COLUMN c%d INTEGER".formatted(wait.toSeconds()),
						wait);
			}
			catch (SQLException ex) {
				throw new CompletionException(ex);
			}
		}, OwnThreads.EACH);
	}

	private static void run(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** Takes the lock on a thread of its own, and gives it back. */
	private CompletableFuture<Void> elsewhere(Connection connection) {
		return CompletableFuture.runAsync(() -> {
			try {
				this.tables.lock(connection, "users", WAIT).takeBack(false);
			}
			catch (SQLException ex) {
				throw new CompletionException(ex);
			}
		}, OwnThreads.EACH);
	}

	private String wait(Connection connection) throws SQLException {
		String sql = (this.kind == TestDatabase.H2) ? "CALL LOCK_TIMEOUT()" : "SELECT @@SESSION.lock_wait_timeout";
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	private static Connection refusing(Connection target) {
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("createStatement")) {
						throw new SQLException("refused");
					}
					try {
						return method.invoke(target, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}

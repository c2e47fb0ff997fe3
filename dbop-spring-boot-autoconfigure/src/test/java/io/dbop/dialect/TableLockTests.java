package io.dbop.dialect;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

package io.dbop.benchmark.capacity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.dbop.database.Database;
import io.dbop.database.Operation;
import io.dbop.execution.Scope;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * What a user asks: a statement of 100 ms, through the pipeline. The answer says how long
 * the question waited for its connection, and 504 if it got none in time: after a 503
 * Tomcat would hang up.
 */
final class Question implements HandlerFunction<ServerResponse> {

	/** How long it waited for its connection, in nanoseconds. */
	static final String WAIT = "Wait-Nanos";

	private final JdbcTemplate jdbc;

	private final Operation<Long> operation;

	Question(Database database) {
		this.jdbc = database.jdbcTemplate();
		this.operation = database.operation((spec) -> spec.named("question").scope(Scope.NONE));
	}

	@Override
	public ServerResponse handle(ServerRequest request) {
		long asked = System.nanoTime();
		try {
			Long wait = this.operation
				.run(() -> this.jdbc.execute((Connection connection) -> sleep(connection, asked)));
			return answer(HttpStatus.OK, wait);
		}
		catch (CannotGetJdbcConnectionException ex) {
			return answer(HttpStatus.GATEWAY_TIMEOUT, System.nanoTime() - asked);
		}
	}

	private static long sleep(Connection connection, long asked) throws SQLException {
		long wait = System.nanoTime() - asked;
		try (Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_sleep(0.1)");
		}
		return wait;
	}

	private static ServerResponse answer(HttpStatus status, long wait) {
		return ServerResponse.status(status).header(WAIT, Long.toString(wait)).build();
	}

}

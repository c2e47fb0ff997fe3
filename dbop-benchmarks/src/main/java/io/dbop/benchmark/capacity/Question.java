package io.dbop.benchmark.capacity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

import io.dbop.database.Database;
import io.dbop.database.Operation;
import io.dbop.execution.Scope;
import io.dbop.pool.AcquisitionTimeoutException;

import org.springframework.core.env.PropertyResolver;
import org.springframework.dao.DataAccessException;
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

	/** The property that holds the statement. */
	static final String SQL = "capacity.sql";

	/** The property that says whether every other question is a read for replicas. */
	static final String READS = "capacity.reads";

	private final JdbcTemplate jdbc;

	private final String sql;

	private final boolean reads;

	private final AtomicLong asked = new AtomicLong();

	private final Operation<Long> operation;

	Question(Database database, PropertyResolver properties) {
		this.sql = properties.getRequiredProperty(SQL);
		this.reads = properties.getProperty(READS, Boolean.class, false);
		this.jdbc = database.jdbcTemplate();
		this.operation = database.operation((spec) -> spec.named("question").scope(Scope.NONE));
	}

	@Override
	public ServerResponse handle(ServerRequest request) {
		boolean read = this.reads && this.asked.getAndIncrement() % 2 == 0;
		long begin = System.nanoTime();
		try {
			Long wait = this.operation
				.run(() -> this.jdbc.execute((Connection connection) -> sleep(connection, read, begin)));
			return answer(HttpStatus.OK, wait);
		}
		catch (DataAccessException ex) {
			if (ex instanceof CannotGetJdbcConnectionException || ex.contains(AcquisitionTimeoutException.class)) {
				return answer(HttpStatus.GATEWAY_TIMEOUT, System.nanoTime() - begin);
			}
			throw ex;
		}
	}

	/** Where there are replicas it is the first statement that takes a connection. */
	private long sleep(Connection connection, boolean read, long begin) throws SQLException {
		if (read) {
			connection.setReadOnly(true);
		}
		try (Statement statement = connection.createStatement()) {
			long wait = System.nanoTime() - begin;
			statement.execute(this.sql);
			return wait;
		}
	}

	private static ServerResponse answer(HttpStatus status, long wait) {
		return ServerResponse.status(status).header(WAIT, Long.toString(wait)).build();
	}

}

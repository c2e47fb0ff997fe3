package io.dbop.pool;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * No connection of the pool became free in time. Nothing was sent. The message tells who
 * holds the connections.
 */
public final class AcquisitionTimeoutException extends SQLTransientConnectionException {

	private final String alias;

	private final Duration waited;

	AcquisitionTimeoutException(String alias, Duration waited, String message, @Nullable SQLException cause) {
		super(message, (cause != null) ? cause.getSQLState() : null, (cause != null) ? cause.getErrorCode() : 0, cause);
		this.alias = alias;
		this.waited = waited;
	}

	/**
	 * The alias of the database.
	 * @return the alias
	 */
	public String alias() {
		return this.alias;
	}

	/**
	 * How long the caller waited.
	 * @return the time
	 */
	public Duration waited() {
		return this.waited;
	}

}

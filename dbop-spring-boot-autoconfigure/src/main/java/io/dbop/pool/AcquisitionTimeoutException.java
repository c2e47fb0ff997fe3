package io.dbop.pool;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * No connection of the pool became free in time, or none could be opened. Nothing was
 * sent. The message tells who holds the connections. SQLSTATE and vendor code are those
 * of the failure to open one, if there was one.
 */
public final class AcquisitionTimeoutException extends SQLTransientConnectionException {

	private final String alias;

	private final Duration waited;

	private final boolean exhausted;

	AcquisitionTimeoutException(String alias, Duration waited, String message, boolean exhausted,
			@Nullable SQLException cause) {
		super(message, (cause != null) ? cause.getSQLState() : null, (cause != null) ? cause.getErrorCode() : 0, cause);
		this.alias = alias;
		this.waited = waited;
		this.exhausted = exhausted;
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

	/**
	 * Whether all connections were in use, those of the pool or those that the server
	 * has, rather than the server was out of reach.
	 * @return whether there was no connection left
	 */
	public boolean exhausted() {
		return this.exhausted;
	}

}

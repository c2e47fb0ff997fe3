package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import io.dbop.dialect.Dialect;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time after which a connection gives up waiting for the server, and the means to
 * break it where it does not. To set the time sends nothing.
 */
final class SocketLimit {

	private static final Logger logger = LoggerFactory.getLogger(SocketLimit.class);

	private static final int NONE = -1;

	private final Connection connection;

	private final Dialect dialect;

	/** The driver's own connection, once it has been asked. */
	private volatile @Nullable Connection driver;

	/** Whether there is a socket, as opposed to a database in this process. */
	private volatile boolean effective;

	private int found = NONE;

	private boolean refused;

	SocketLimit(Connection connection, Dialect dialect) {
		this.connection = connection;
		this.dialect = dialect;
	}

	/**
	 * Sets the time of all that is sent from now on.
	 * @param nanos the time
	 * @param extending whether it may be longer than what was found
	 */
	void limit(long nanos, boolean extending) {
		if (this.refused) {
			return;
		}
		try {
			boolean first = this.found == NONE;
			int before = first ? this.connection.getNetworkTimeout() : this.found;
			if (first) {
				askDriver(before);
			}
			// Zero would be no limit at all.
			int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos)));
			set((before == 0 || before > millis || extending) ? millis : before);
			this.found = before;
			if (first) {
				this.effective = this.connection.getNetworkTimeout() != 0;
			}
		}
		catch (SQLException | UnsupportedOperationException | AbstractMethodError ex) {
			this.refused = true;
		}
	}

	/**
	 * Past a pool that has parted from the connection after a failure: to close what is
	 * open on it may take as long as the failure did.
	 */
	private void set(int millis) throws SQLException {
		try {
			this.connection.setNetworkTimeout(Runnable::run, millis);
		}
		catch (SQLException ex) {
			Connection inside = this.driver;
			if (inside == null) {
				throw ex;
			}
			inside.setNetworkTimeout(Runnable::run, millis);
		}
	}

	/**
	 * A driver that cannot do it says so past the pool: HikariCP would take that for the
	 * end of the connection, and close it.
	 */
	private void askDriver(int before) throws SQLException {
		if (this.driver == null) {
			Connection inside = this.connection.unwrap(Connection.class);
			inside.setNetworkTimeout(Runnable::run, before);
			this.driver = inside;
		}
	}

	/**
	 * Puts back what was found.
	 */
	void lift() {
		if (this.found != NONE) {
			try {
				this.connection.setNetworkTimeout(Runnable::run, this.found);
			}
			catch (SQLException ex) {
				// it is broken, and the pool will find out
			}
			this.found = NONE;
		}
	}

	/**
	 * Breaks the connection under whoever waits for the server, if there is a server:
	 * past the pool, which finds out by itself. May block. From any thread.
	 */
	void sever() {
		Connection inside = this.driver;
		if (inside == null || !this.effective) {
			return;
		}
		try {
			// Nothing else may be asked here: drivers lock what waits.
			this.dialect.sever(inside);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("A connection whose server does not answer could not be broken", ex);
		}
	}

}

package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Executor;

/**
 * A connection that tells the ledger of its thread what happens on it.
 */
final class RecordedConnection implements ForwardingConnection {

	private final ConnectionPool pool;

	private final Connection target;

	private boolean closed;

	RecordedConnection(ConnectionPool pool, Connection target) {
		this.pool = pool;
		this.target = target;
	}

	Connection target() {
		return this.target;
	}

	@Override
	public Connection delegate() throws SQLException {
		if (this.closed) {
			throw new SQLException("Connection of pool '" + this.pool.alias() + "' is closed", "08003");
		}
		return this.target;
	}

	@Override
	public void close() throws SQLException {
		this.closed = true;
		this.target.close();
	}

	@Override
	public boolean isClosed() throws SQLException {
		return this.closed || this.target.isClosed();
	}

	@Override
	public boolean isValid(int timeout) throws SQLException {
		return !this.closed && this.target.isValid(timeout);
	}

	@Override
	public void abort(Executor executor) throws SQLException {
		this.target.abort(executor);
	}

	@Override
	public void setClientInfo(String name, String value) throws SQLClientInfoException {
		this.target.setClientInfo(name, value);
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		this.target.setClientInfo(properties);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		return type.isInstance(this.target) ? type.cast(this.target) : this.target.unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || type.isInstance(this.target) || this.target.isWrapperFor(type);
	}

}

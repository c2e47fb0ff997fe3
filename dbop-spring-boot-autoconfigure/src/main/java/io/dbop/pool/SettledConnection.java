package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * The part of a recorded connection that keeps what is changed on it by JDBC's own
 * methods, so that the next one who gets it finds it as this one did.
 */
abstract class SettledConnection extends Holding implements PreparingConnection {

	private final ConnectionPool pool;

	private final Connection target;

	private @Nullable FoundSettings found;

	SettledConnection(ConnectionPool pool, Connection target, @Nullable String operation, long since) {
		super(operation, since);
		this.pool = pool;
		this.target = target;
	}

	final ConnectionPool pool() {
		return this.pool;
	}

	final Connection target() {
		return this.target;
	}

	@Override
	public final Connection delegate() throws SQLException {
		requireOpen();
		return this.target;
	}

	abstract void requireOpen() throws SQLException;

	/**
	 * The settings that this connection has to put back, if there are any.
	 */
	final @Nullable FoundSettings found() {
		return this.found;
	}

	/**
	 * Where to keep what HikariCP puts back and other pools do not.
	 */
	final @Nullable FoundSettings settings() {
		return this.pool.acquisition().resetsConnections() ? this.found : keep();
	}

	/**
	 * Where to keep what HikariCP does not put back either. It goes on as it did where it
	 * was there before us and no operation of ours runs.
	 */
	private @Nullable FoundSettings others() {
		boolean asItWas = this.pool.acquisition().resetsConnections() && !watched();
		return asItWas ? this.found : keep();
	}

	/**
	 * Whether an operation of ours runs on it, or took it, or the pool is ours.
	 */
	final boolean watched() {
		return operation() != null || this.pool.watches(AttemptLedger.current());
	}

	private FoundSettings keep() {
		FoundSettings kept = this.found;
		if (kept == null) {
			kept = new FoundSettings();
			this.found = kept;
		}
		return kept;
	}

	@Override
	public void setCatalog(String catalog) throws SQLException {
		Connection connection = delegate();
		FoundSettings settings = others();
		if (settings != null) {
			settings.catalogOf(connection);
		}
		connection.setCatalog(catalog);
	}

	@Override
	public void setSchema(String schema) throws SQLException {
		Connection connection = delegate();
		FoundSettings settings = others();
		if (settings != null) {
			settings.schema(() -> this.pool.dialect().keepSchema(connection));
		}
		connection.setSchema(schema);
	}

	@Override
	public void setHoldability(int holdability) throws SQLException {
		Connection connection = delegate();
		FoundSettings settings = others();
		if (settings != null) {
			settings.holdabilityOf(connection);
		}
		connection.setHoldability(holdability);
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
		Connection connection = delegate();
		FoundSettings settings = settings();
		if (settings != null) {
			settings.networkTimeoutOf(connection);
		}
		connection.setNetworkTimeout(executor, milliseconds);
	}

	@Override
	public void setClientInfo(String name, String value) throws SQLClientInfoException {
		requireOpenForClientInfo();
		keepClientInfo(name);
		this.target.setClientInfo(name, value);
	}

	@Override
	public void setClientInfo(Properties properties) throws SQLClientInfoException {
		requireOpenForClientInfo();
		for (String name : namesOfClientInfo()) {
			keepClientInfo(name);
		}
		for (String name : properties.stringPropertyNames()) {
			keepClientInfo(name);
		}
		this.target.setClientInfo(properties);
	}

	private void requireOpenForClientInfo() throws SQLClientInfoException {
		try {
			requireOpen();
		}
		catch (SQLException ex) {
			throw clientInfoFailure(ex);
		}
	}

	private Set<String> namesOfClientInfo() throws SQLClientInfoException {
		try {
			Properties found = this.target.getClientInfo();
			return (found != null) ? found.stringPropertyNames() : Set.of();
		}
		catch (SQLException ex) {
			throw clientInfoFailure(ex);
		}
	}

	private void keepClientInfo(String name) throws SQLClientInfoException {
		FoundSettings settings = others();
		if (settings != null) {
			try {
				settings.clientInfoOf(this.target, name);
			}
			catch (SQLException ex) {
				throw clientInfoFailure(ex);
			}
		}
	}

	private static SQLClientInfoException clientInfoFailure(SQLException cause) {
		return new SQLClientInfoException(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), Map.of(),
				cause);
	}

}

package io.dbop.execution;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections whose driver says of what it has done that it could not connect, as those
 * do that have failed over in vain.
 */
final class FailingDataSource extends DelegatingDataSource {

	private volatile @Nullable String method;

	private volatile @Nullable SQLException failure;

	private volatile boolean refused;

	FailingDataSource(DataSource target) {
		super(target);
	}

	/** The next call of a method does what it does, and fails then. */
	void failAfter(String method, SQLException failure) {
		this.failure = failure;
		this.refused = false;
		this.method = method;
	}

	/** The next call of a method fails, and does nothing. */
	void refuse(String method, SQLException failure) {
		this.failure = failure;
		this.refused = true;
		this.method = method;
	}

	@Override
	public Connection getConnection() throws SQLException {
		if ("getConnection".equals(this.method)) {
			throw failure();
		}
		return failing(Connection.class, super.getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	private <T> T failing(Class<T> type, T target) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, called, arguments) -> {
				if (this.refused && called.getName().equals(this.method)) {
					throw failure();
				}
				try {
					Object result = called.invoke(target, arguments);
					if (called.getName().equals(this.method)) {
						throw failure();
					}
					return (result instanceof PreparedStatement statement) ? failing(PreparedStatement.class, statement)
							: result;
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	private SQLException failure() {
		SQLException thrown = this.failure;
		this.method = null;
		return (thrown != null) ? thrown : new SQLException();
	}

}

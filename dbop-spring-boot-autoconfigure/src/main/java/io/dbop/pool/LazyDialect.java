package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

import javax.sql.DataSource;

import io.dbop.dialect.Dialect;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;

/**
 * The dialect of a pool, found out when it is needed: from the data source's property if
 * it has one that holds the URL, else from a connection.
 */
final class LazyDialect {

	private static final String[] URL_PROPERTIES = { "jdbcUrl", "url", "URL" };

	private final @Nullable DataSource dataSource;

	private final Function<String, Dialect> dialects;

	private volatile @Nullable Dialect dialect;

	LazyDialect(Dialect dialect) {
		this.dataSource = null;
		this.dialects = (url) -> dialect;
		this.dialect = dialect;
	}

	LazyDialect(DataSource dataSource, Function<String, Dialect> dialects) {
		this.dataSource = dataSource;
		this.dialects = dialects;
	}

	Dialect get() {
		Dialect known = this.dialect;
		if (known == null) {
			known = this.dialects.apply(url());
			this.dialect = known;
		}
		return known;
	}

	/**
	 * Learns the dialect on the occasion of a connection, so that none need be taken for
	 * it.
	 */
	void learnFrom(Connection connection) throws SQLException {
		if (this.dialect == null) {
			String url = urlProperty();
			this.dialect = this.dialects.apply((url != null) ? url : urlOf(connection));
		}
	}

	private String url() {
		String url = urlProperty();
		return (url != null) ? url : urlOfNewConnection();
	}

	private @Nullable String urlProperty() {
		if (this.dataSource == null) {
			return null;
		}
		BeanWrapper bean = PropertyAccessorFactory.forBeanPropertyAccess(this.dataSource);
		for (String property : URL_PROPERTIES) {
			if (bean.isReadableProperty(property) && bean.getPropertyValue(property) instanceof String url
					&& url.startsWith("jdbc:")) {
				return url;
			}
		}
		return null;
	}

	/** Not kept if there is no connection: the next call may find one. */
	private String urlOfNewConnection() {
		if (this.dataSource == null) {
			return "";
		}
		try (Connection connection = this.dataSource.getConnection()) {
			return urlOf(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The database of an adopted data source cannot be asked for its kind", ex);
		}
	}

	private static String urlOf(Connection connection) throws SQLException {
		String url = connection.getMetaData().getURL();
		return (url != null) ? url : "";
	}

}

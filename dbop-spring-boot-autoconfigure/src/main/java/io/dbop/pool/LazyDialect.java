package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;

/**
 * The dialect of a pool. That of an adopted one is told from the URL that its data source
 * shows, until the first connection tells for certain.
 */
final class LazyDialect {

	private static final String[] URL_PROPERTIES = { "jdbcUrl", "url", "URL" };

	private final @Nullable DataSource dataSource;

	private final @Nullable Dialects dialects;

	private volatile @Nullable Dialect certain;

	private volatile @Nullable Dialect presumed;

	LazyDialect(Dialect dialect) {
		this.dataSource = null;
		this.dialects = null;
		this.certain = dialect;
	}

	/**
	 * One that a URL tells, which engines share that speak alike: the first connection
	 * tells which it is.
	 */
	LazyDialect(Dialect byUrl, Dialects dialects) {
		this.dataSource = null;
		this.dialects = dialects;
		this.presumed = byUrl;
	}

	LazyDialect(DataSource dataSource, Dialects dialects) {
		this.dataSource = dataSource;
		this.dialects = dialects;
	}

	Dialect get() {
		Dialect known = this.certain;
		if (known == null) {
			known = this.presumed;
		}
		return (known != null) ? known : find();
	}

	/**
	 * The dialect as far as it is known without a connection.
	 */
	Dialect known() {
		Dialect known = (this.certain != null) ? this.certain : this.presumed;
		if (known == null) {
			known = byUrl();
		}
		return (known != null) ? known : Dialects.generic();
	}

	/**
	 * Learns the dialect on the occasion of a connection, so that none need be taken for
	 * it.
	 */
	void learnFrom(Connection connection) throws SQLException {
		if (this.certain == null && this.dialects != null) {
			Dialect live = this.dialects.get(connection.getMetaData());
			this.certain = (this.dataSource != null) ? live : special(live);
		}
	}

	/** What the pool was opened with stays, unless it is a kind of that. */
	private Dialect special(Dialect live) {
		Dialect opened = get();
		return opened.getClass().isInstance(live) ? live : opened;
	}

	private Dialect find() {
		Dialect byUrl = byUrl();
		return (byUrl != null) ? byUrl : ask();
	}

	private @Nullable Dialect byUrl() {
		String url = url();
		Dialect found = (url != null && this.dialects != null) ? this.dialects.findByUrl(url) : null;
		if (found != null) {
			this.presumed = found;
		}
		return found;
	}

	/** Not kept if there is no connection: the next call may find one. */
	private Dialect ask() {
		if (this.dataSource != null) {
			try (Connection connection = this.dataSource.getConnection()) {
				learnFrom(connection);
			}
			catch (SQLException | RuntimeException ex) {
				return Dialects.generic();
			}
		}
		Dialect known = this.certain;
		return (known != null) ? known : Dialects.generic();
	}

	private @Nullable String url() {
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

}

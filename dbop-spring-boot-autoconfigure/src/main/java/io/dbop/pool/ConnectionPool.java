package io.dbop.pool;

import javax.sql.DataSource;

import io.dbop.dialect.Dialect;

/**
 * The pool of one alias.
 */
public final class ConnectionPool {

	private final String alias;

	private final DataSource dataSource;

	private final Dialect dialect;

	ConnectionPool(String alias, DataSource dataSource, Dialect dialect) {
		this.alias = alias;
		this.dataSource = dataSource;
		this.dialect = dialect;
	}

	/**
	 * The alias of the database.
	 * @return the alias
	 */
	public String alias() {
		return this.alias;
	}

	/**
	 * The data source that applications use.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * The dialect of the database.
	 * @return the dialect
	 */
	public Dialect dialect() {
		return this.dialect;
	}

}

package io.dbop.autoconfigure;

import java.util.Map;

import javax.sql.DataSource;

import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.pool.PoolRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Makes an alias of a DataSource of the application, once: a wrapper around one that was
 * adopted, or is ours, is left as it is. Thread-safe.
 */
class DataSourceAdopter {

	private static final Logger logger = LoggerFactory.getLogger(DataSourceAdopter.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final PoolRegistry registry;

	private final Dialects dialects;

	DataSourceAdopter(ConfigurableListableBeanFactory beanFactory, PoolRegistry registry, Dialects dialects) {
		this.beanFactory = beanFactory;
		this.registry = registry;
		this.dialects = dialects;
	}

	/**
	 * Adopts a DataSource.
	 * @param dataSource the bean, just created
	 * @param beanName its name
	 * @return what takes its place
	 */
	synchronized DataSource adopt(DataSource dataSource, String beanName) {
		if (ConnectionPool.of(dataSource) != null) {
			return dataSource;
		}
		ConnectionPool known = this.registry.find(dataSource);
		if (known != null) {
			return (known.target() == dataSource) ? inPlaceOf(dataSource, known, beanName) : dataSource;
		}
		String alias = alias(beanName);
		if (dataSource instanceof LazyConnectionDataSourceProxy lazy && lazy.getTargetDataSource() != null) {
			// Inside, so that a connection is counted when it is really fetched.
			lazy.setTargetDataSource(register(alias, lazy.getTargetDataSource()).dataSource());
			return lazy;
		}
		return inPlaceOf(dataSource, register(alias, dataSource), beanName);
	}

	private DataSource inPlaceOf(DataSource dataSource, ConnectionPool pool, String beanName) {
		if (pool.routesToPools()) {
			return dataSource;
		}
		if (!fits(pool.dataSource(), beanName)) {
			logger.warn(
					"DataSource bean '{}' is left as it is, for it is declared as {}, of which no proxy can be made:"
							+ " nothing is recorded on its connections, a commit is taken for doubtful whenever one"
							+ " breaks, and deadlines do not end its statements. Declare the bean as"
							+ " javax.sql.DataSource, or put it into another DataSource bean that is not final",
					beanName, dataSource.getClass().getName());
			return dataSource;
		}
		return pool.dataSource();
	}

	/** Not if those who ask for the bean by its class, which is final, would miss it. */
	private boolean fits(DataSource replacement, String beanName) {
		Class<?> declared = this.beanFactory.getMergedBeanDefinition(beanName).getResolvableType().resolve();
		return declared == null || !DataSource.class.isAssignableFrom(declared) || declared.isInstance(replacement);
	}

	/**
	 * The pool behind a DataSource.
	 * @param dataSource the bean
	 * @param alias the alias of the bean
	 * @return the pool, adopted now without anybody noticing if it was not before
	 */
	synchronized ConnectionPool pool(DataSource dataSource, String alias) {
		ConnectionPool pool = ConnectionPool.of(dataSource);
		if (pool == null) {
			pool = this.registry.find(dataSource);
		}
		if (pool == null) {
			// Something has been put around the bean that does not tell what is inside.
			pool = this.registry.find(alias);
		}
		return (pool != null) ? pool : register(alias, dataSource);
	}

	private ConnectionPool register(String alias, DataSource dataSource) {
		ConnectionPool pool = ConnectionPoolFactory.adopt(alias, dataSource, this.dialects);
		this.registry.register(pool);
		return pool;
	}

	private String alias(String beanName) {
		Map<String, String> aliases = new ExistingDataSources(this.beanFactory).aliases();
		return aliases.getOrDefault(beanName, beanName);
	}

}

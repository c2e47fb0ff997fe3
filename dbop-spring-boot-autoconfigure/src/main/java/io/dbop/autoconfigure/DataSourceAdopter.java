package io.dbop.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;

import javax.sql.DataSource;

import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Makes an alias of a DataSource of the application, once: a wrapper around one that was
 * adopted, or is ours, is left as it is. Thread-safe.
 */
class DataSourceAdopter {

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
			return known.dataSource();
		}
		String alias = alias(beanName);
		if (dataSource instanceof LazyConnectionDataSourceProxy lazy && lazy.getTargetDataSource() != null) {
			// Inside, so that a connection is counted when it is really fetched.
			lazy.setTargetDataSource(register(alias, lazy.getTargetDataSource()).dataSource());
			return lazy;
		}
		ConnectionPool pool = register(alias, dataSource);
		return (routesToAdopted(dataSource) || !fits(pool.dataSource(), beanName)) ? dataSource : pool.dataSource();
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
		return (pool != null) ? pool : register(alias, dataSource);
	}

	private ConnectionPool register(String alias, DataSource dataSource) {
		ConnectionPool pool = ConnectionPool.adopt(alias, dataSource, this.dialects);
		this.registry.register(pool);
		return pool;
	}

	private String alias(String beanName) {
		Map<String, String> aliases = new ExistingDataSources(this.beanFactory).aliases();
		return aliases.getOrDefault(beanName, beanName);
	}

	/** Its connections are recorded by the pools that it routes to. */
	private static boolean routesToAdopted(DataSource dataSource) {
		if (!(dataSource instanceof AbstractRoutingDataSource routing)) {
			return false;
		}
		Collection<DataSource> targets = new ArrayList<>(routing.getResolvedDataSources().values());
		if (routing.getResolvedDefaultDataSource() != null) {
			targets.add(routing.getResolvedDefaultDataSource());
		}
		return targets.stream().anyMatch((target) -> ConnectionPool.of(target) != null);
	}

}

package io.dbop.autoconfigure;

import javax.sql.DataSource;

import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * Finds the transaction manager of a DataSource among the beans: the one that works on
 * the same pool, however either is wrapped. Of several it is the application's primary
 * one, else JPA's, which manages JDBC too, else the first.
 */
class AliasTransactionManagers {

	private static final boolean JPA = ClassUtils.isPresent("org.springframework.orm.jpa.JpaTransactionManager",
			AliasTransactionManagers.class.getClassLoader());

	private final ConfigurableListableBeanFactory beanFactory;

	private final JdbcBeans jdbcBeans;

	AliasTransactionManagers(ConfigurableListableBeanFactory beanFactory, JdbcBeans jdbcBeans) {
		this.beanFactory = beanFactory;
		this.jdbcBeans = jdbcBeans;
	}

	/**
	 * Finds the transaction manager of a DataSource.
	 * @param dataSource the DataSource as the application uses it
	 * @return its transaction manager, one that is no bean if the application has none
	 */
	PlatformTransactionManager find(DataSource dataSource) {
		PlatformTransactionManager found = existing(dataSource);
		return (found != null) ? found : this.jdbcBeans.transactionManager(dataSource);
	}

	/**
	 * Finds the DataSource that transactions are bound to.
	 * @param dataSource a DataSource, perhaps inside another one
	 * @return that of its transaction manager, if it has one
	 */
	DataSource managed(DataSource dataSource) {
		PlatformTransactionManager existing = existing(dataSource);
		DataSource managed = (existing != null) ? dataSource(existing) : null;
		return (managed != null) ? managed : dataSource;
	}

	private @Nullable PlatformTransactionManager existing(DataSource dataSource) {
		PlatformTransactionManager found = null;
		int best = -1;
		for (String name : this.beanFactory.getBeanNamesForType(PlatformTransactionManager.class)) {
			if (ofUnopened(name)) {
				continue;
			}
			PlatformTransactionManager manager = this.beanFactory.getBean(name, PlatformTransactionManager.class);
			DataSource managed = dataSource(manager);
			if (managed != null && ConnectionPool.unwrapped(managed) == ConnectionPool.unwrapped(dataSource)) {
				int rank = rank(name, manager);
				found = (rank > best) ? manager : found;
				best = Math.max(rank, best);
			}
		}
		return found;
	}

	private int rank(String name, PlatformTransactionManager manager) {
		boolean primary = DatabaseBeanDefinitions.dataSourceOf(name, this.beanFactory) == null
				&& this.beanFactory.containsBeanDefinition(name)
				&& this.beanFactory.getMergedBeanDefinition(name).isPrimary();
		return (primary ? 2 : 0) + ((manager instanceof DataSourceTransactionManager) ? 0 : 1);
	}

	/** Ours, of a database that nobody uses so far: asking for it would open that. */
	private boolean ofUnopened(String name) {
		String dataSource = DatabaseBeanDefinitions.dataSourceOf(name, this.beanFactory);
		return dataSource != null && !this.beanFactory.containsSingleton(dataSource);
	}

	private static @Nullable DataSource dataSource(PlatformTransactionManager manager) {
		if (manager instanceof ResourceTransactionManager resource
				&& resource.getResourceFactory() instanceof DataSource dataSource) {
			return dataSource;
		}
		return JPA ? JpaDataSources.of(manager) : null;
	}

}

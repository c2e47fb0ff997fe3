package io.dbop.autoconfigure;

import javax.sql.DataSource;

import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * Finds the transaction manager of a database among the beans: the one that works on the
 * same pool, however either is wrapped, or that does not tell and is qualified by the
 * alias. Of several it is the application's primary one, else JPA's, which manages JDBC
 * too, else the first.
 */
class AliasTransactionManagers {

	private static final boolean JPA = ClassUtils.isPresent("org.springframework.orm.jpa.JpaTransactionManager",
			AliasTransactionManagers.class.getClassLoader());

	private static final boolean HIBERNATE = JPA
			&& ClassUtils.isPresent("org.hibernate.SessionFactory", AliasTransactionManagers.class.getClassLoader());

	private final ConfigurableListableBeanFactory beanFactory;

	private final JdbcBeans jdbcBeans;

	AliasTransactionManagers(ConfigurableListableBeanFactory beanFactory, JdbcBeans jdbcBeans) {
		this.beanFactory = beanFactory;
		this.jdbcBeans = jdbcBeans;
	}

	/**
	 * Finds the transaction manager of a database.
	 * @param alias its alias
	 * @param dataSource the DataSource as the application uses it
	 * @return its transaction manager, one that is no bean if the application has none
	 */
	PlatformTransactionManager find(String alias, DataSource dataSource) {
		PlatformTransactionManager found = existing(alias, dataSource);
		return (found != null) ? found : this.jdbcBeans.transactionManager(dataSource);
	}

	/**
	 * Finds the DataSource that transactions are bound to.
	 * @param alias the alias of the database
	 * @param dataSource a DataSource, perhaps inside another one
	 * @return that of its transaction manager, if it has one that tells
	 */
	DataSource managed(String alias, DataSource dataSource) {
		PlatformTransactionManager existing = existing(alias, dataSource);
		DataSource managed = (existing != null) ? dataSource(existing) : null;
		return (managed != null) ? managed : dataSource;
	}

	private @Nullable PlatformTransactionManager existing(String alias, DataSource dataSource) {
		PlatformTransactionManager found = null;
		int best = -1;
		for (String name : this.beanFactory.getBeanNamesForType(PlatformTransactionManager.class)) {
			if (ofUnopened(name)) {
				continue;
			}
			PlatformTransactionManager manager = this.beanFactory.getBean(name, PlatformTransactionManager.class);
			DataSource managed = dataSource(manager);
			boolean belongs = (managed != null)
					? ConnectionPool.unwrapped(managed) == ConnectionPool.unwrapped(dataSource)
					: saidToBeOf(alias, name, manager);
			if (belongs) {
				int rank = rank(name, manager);
				found = (rank > best) ? manager : found;
				best = Math.max(rank, best);
			}
		}
		return found;
	}

	/** What manages a resource of its own manages no DataSource besides. */
	private boolean saidToBeOf(String alias, String name, PlatformTransactionManager manager) {
		return !(manager instanceof ResourceTransactionManager)
				&& BeanFactoryAnnotationUtils.isQualifierMatch(alias::equals, name, this.beanFactory);
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
		DataSource ofJpa = JPA ? JpaDataSources.of(manager) : null;
		return (ofJpa == null && HIBERNATE) ? HibernateDataSources.of(manager) : ofJpa;
	}

}

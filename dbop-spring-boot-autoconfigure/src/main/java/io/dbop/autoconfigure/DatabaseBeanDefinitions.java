package io.dbop.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Defines the beans of one database. They are made by methods of other beans rather than
 * by suppliers, so that they can be processed ahead of time.
 */
final class DatabaseBeanDefinitions {

	private static final String TRANSACTION_MANAGER = "TransactionManager";

	private final BeanDefinitionRegistry registry;

	DatabaseBeanDefinitions(BeanDefinitionRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Defines the DataSource of an alias. For the primary one that is all: the rest is
	 * Boot's or the application's, which would back off if there was one of ours.
	 */
	void register(String alias, boolean primary) {
		RootBeanDefinition dataSource = definition(alias, DatabasePools.BEAN_NAME, "dataSource", alias);
		dataSource.setDestroyMethodName("");
		dataSource.setPrimary(primary);
		String name = AliasNames.dataSource(alias);
		add(name, dataSource, primary);
		if (primary) {
			addAlias(name);
			return;
		}
		RuntimeBeanReference reference = new RuntimeBeanReference(name);
		add(alias + TRANSACTION_MANAGER, jdbc(alias, "transactionManager", reference), false);
		String template = alias + "JdbcTemplate";
		add(template, jdbc(alias, "jdbcTemplate", reference), false);
		String named = alias + "NamedParameterJdbcTemplate";
		add(named, jdbc(alias, "namedParameterJdbcTemplate", new RuntimeBeanReference(template)), false);
		add(alias + "JdbcClient", jdbc(alias, "jdbcClient", new RuntimeBeanReference(named)), false);
	}

	/**
	 * The DataSource of a transaction manager that was defined here.
	 * @return the name of the DataSource bean, or {@code null} if it was not
	 */
	static @Nullable String dataSourceOf(String transactionManager, ConfigurableListableBeanFactory beanFactory) {
		if (!transactionManager.endsWith(TRANSACTION_MANAGER) || !beanFactory.containsBeanDefinition(transactionManager)
				|| !isOurs(beanFactory.getMergedBeanDefinition(transactionManager), JdbcBeans.BEAN_NAME)) {
			return null;
		}
		return AliasNames
			.dataSource(transactionManager.substring(0, transactionManager.length() - TRANSACTION_MANAGER.length()));
	}

	/**
	 * The definition of an alias's DataSource.
	 * @return the definition, or {@code null} if it was not made here
	 */
	static @Nullable BeanDefinition dataSource(String alias, ConfigurableListableBeanFactory beanFactory) {
		String name = AliasNames.dataSource(alias);
		if (!beanFactory.containsBeanDefinition(name)) {
			return null;
		}
		BeanDefinition definition = beanFactory.getMergedBeanDefinition(name);
		return isOurs(definition, DatabasePools.BEAN_NAME) ? definition : null;
	}

	private static boolean isOurs(BeanDefinition definition, String factory) {
		return factory.equals(definition.getFactoryBeanName());
	}

	/** For those who ask for the DataSource by the name that Boot gives it. */
	private void addAlias(String name) {
		if (!this.registry.isBeanNameInUse(AliasNames.DATA_SOURCE)) {
			this.registry.registerAlias(name, AliasNames.DATA_SOURCE);
		}
	}

	private void add(String name, RootBeanDefinition definition, boolean defaultCandidate) {
		definition.setDefaultCandidate(defaultCandidate);
		if (!this.registry.containsBeanDefinition(name)) {
			this.registry.registerBeanDefinition(name, definition);
		}
	}

	private static RootBeanDefinition jdbc(String alias, String method, Object argument) {
		return definition(alias, JdbcBeans.BEAN_NAME, method, argument);
	}

	private static RootBeanDefinition definition(String alias, String factory, String method, Object argument) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setFactoryBeanName(factory);
		definition.setFactoryMethodName(method);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, argument);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, alias));
		return definition;
	}

}

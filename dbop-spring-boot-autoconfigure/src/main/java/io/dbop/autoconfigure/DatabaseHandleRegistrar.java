package io.dbop.autoconfigure;

import io.dbop.database.Database;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Defines a {@link Database} bean for every alias, when all DataSource beans are defined.
 * They are lazy, so as not to create a DataSource that is.
 */
class DatabaseHandleRegistrar implements ImportBeanDefinitionRegistrar {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	DatabaseHandleRegistrar(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importingClassMetadata, BeanDefinitionRegistry registry) {
		AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
		DatabaseCatalog catalog = new DatabaseCatalog(this.beanFactory,
				EarlyProperties.read(this.beanFactory, this.environment));
		for (String alias : catalog.aliases()) {
			String name = alias + "Database";
			if (!registry.isBeanNameInUse(name)) {
				registry.registerBeanDefinition(name, definition(alias, alias.equals(catalog.primary())));
			}
		}
	}

	private static RootBeanDefinition definition(String alias, boolean primary) {
		RootBeanDefinition definition = new RootBeanDefinition(Database.class);
		definition.setFactoryBeanName(BeanDatabases.BEAN_NAME);
		definition.setFactoryMethodName("get");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, alias);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, alias));
		definition.setDefaultCandidate(primary);
		definition.setLazyInit(true);
		return definition;
	}

}

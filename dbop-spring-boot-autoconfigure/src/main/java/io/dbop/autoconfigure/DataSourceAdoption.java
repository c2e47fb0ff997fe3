package io.dbop.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Adopts the DataSource beans of the application as they are created. It comes before
 * other processors, so that what they wrap around a DataSource stays around ours, and
 * needs no bean before there is a DataSource.
 */
class DataSourceAdoption implements BeanPostProcessor, PriorityOrdered {

	private final ConfigurableListableBeanFactory beanFactory;

	private final ObjectProvider<DataSourceAdopter> adopter;

	DataSourceAdoption(ConfigurableListableBeanFactory beanFactory, ObjectProvider<DataSourceAdopter> adopter) {
		this.beanFactory = beanFactory;
		this.adopter = adopter;
	}

	@Override
	public @Nullable Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof DataSource dataSource && !(bean instanceof ScopedObject) && shared(beanName)) {
			return this.adopter.getObject().adopt(dataSource, beanName);
		}
		return bean;
	}

	/** Prototypes and inner beans come in any number, and have no name of their own. */
	private boolean shared(String beanName) {
		if (!this.beanFactory.containsBeanDefinition(beanName)) {
			return false;
		}
		BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(beanName);
		return definition.isSingleton() || AliasNames.scopedTarget(beanName);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}

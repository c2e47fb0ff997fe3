package io.dbop.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
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
		if (bean instanceof DataSource dataSource && shared(beanName)) {
			return this.adopter.getObject().adopt(dataSource, beanName);
		}
		return bean;
	}

	/**
	 * Prototypes and inner beans come in any number, and have no name of their own. Of a
	 * bean in a scope that comes and goes, the proxy stays.
	 */
	private boolean shared(String beanName) {
		if (!this.beanFactory.containsBeanDefinition(beanName)) {
			return false;
		}
		return this.beanFactory.getMergedBeanDefinition(beanName).isSingleton();
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}

package io.dbop.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * The configuration as it is read before there are beans, because beans are made from it.
 * Read once, for that takes a while.
 */
final class EarlyProperties {

	private static final String BEAN_NAME = EarlyProperties.class.getName();

	private final DbopProperties properties;

	private EarlyProperties(DbopProperties properties) {
		this.properties = properties;
	}

	/**
	 * Binds the properties, unless that was done for these beans.
	 * @throws org.springframework.boot.context.properties.bind.BindException if a
	 * property is unknown or its value of the wrong kind
	 */
	static DbopProperties read(ConfigurableListableBeanFactory beanFactory, Environment environment) {
		if (beanFactory.getSingleton(BEAN_NAME) instanceof EarlyProperties read) {
			return read.properties;
		}
		DbopProperties properties = Binder.get(environment)
			.bindOrCreate(DbopProperties.PREFIX, Bindable.of(DbopProperties.class), strictly());
		beanFactory.registerSingleton(BEAN_NAME, new EarlyProperties(properties));
		return properties;
	}

	/** Unknown properties are refused, except in the environment, which is shared. */
	private static BindHandler strictly() {
		return new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
	}

}

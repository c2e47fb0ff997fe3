package io.dbop.autoconfigure;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Reads the configuration before there are beans, because beans are made from it.
 */
final class EarlyProperties {

	private EarlyProperties() {
	}

	/**
	 * Binds the properties.
	 * @throws org.springframework.boot.context.properties.bind.BindException if a
	 * property is unknown or its value of the wrong kind
	 */
	static DbopProperties read(Environment environment) {
		return Binder.get(environment)
			.bindOrCreate(DbopProperties.PREFIX, Bindable.of(DbopProperties.class), strictly());
	}

	/** Unknown properties are refused, except in the environment, which is shared. */
	private static BindHandler strictly() {
		return new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
	}

}

package io.dbop.autoconfigure;

import java.sql.Driver;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps Boot from defining a DataSource that cannot work, in an application without a
 * JDBC driver or a word about {@code spring.datasource}: its start would fail only
 * because dbop brings a connection pool along.
 */
class UnusableDataSourceFilter implements AutoConfigurationImportFilter, EnvironmentAware, BeanClassLoaderAware {

	private static final String DATA_SOURCE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

	private ClassLoader classLoader = getClass().getClassLoader();

	private @Nullable Environment environment;

	@Override
	public boolean[] match(@Nullable String[] autoConfigurationClasses,
			AutoConfigurationMetadata autoConfigurationMetadata) {
		boolean[] match = new boolean[autoConfigurationClasses.length];
		for (int i = 0; i < match.length; i++) {
			match[i] = !DATA_SOURCE.equals(autoConfigurationClasses[i]) || usable();
		}
		return match;
	}

	private boolean usable() {
		return anyDriver() || (this.environment != null && Binder.get(this.environment)
			.bind("spring.datasource", Bindable.mapOf(String.class, Object.class))
			.isBound());
	}

	private boolean anyDriver() {
		return ServiceLoader.load(Driver.class, this.classLoader).stream().findAny().isPresent();
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

}

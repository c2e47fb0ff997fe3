package io.dbop.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Which aliases an application has, which DataSource bean each of them is, and which is
 * the primary one. Nothing is created to find out. Immutable.
 */
final class DatabaseCatalog {

	private final Map<String, String> beans = new LinkedHashMap<>();

	private final @Nullable String primary;

	DatabaseCatalog(ConfigurableListableBeanFactory beanFactory, DbopProperties properties) {
		ExistingDataSources existing = new ExistingDataSources(beanFactory);
		Map<String, String> aliases = existing.aliases();
		aliases.forEach((bean, alias) -> this.beans.put(alias, bean));
		String marked = PrimaryAlias.marked(properties.databases());
		String injected = existing.injectedByDefault();
		this.primary = (marked != null || injected == null) ? marked : aliases.get(injected);
	}

	/** The aliases, in the order in which their beans are defined. */
	Collection<String> aliases() {
		return this.beans.keySet();
	}

	/** The DataSource bean of an alias. */
	@Nullable String bean(String alias) {
		return this.beans.get(alias);
	}

	@Nullable String primary() {
		return this.primary;
	}

}

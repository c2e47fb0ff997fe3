package io.dbop.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * The DataSource beans of an application, as far as their definitions tell: none is
 * created to find out.
 */
final class ExistingDataSources {

	private final ConfigurableListableBeanFactory beanFactory;

	private final List<String> names = new ArrayList<>();

	ExistingDataSources(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		for (String name : beanFactory.getBeanNamesForType(DataSource.class, true, false)) {
			if (!AliasNames.scopedTarget(name)) {
				this.names.add(name);
			}
		}
	}

	/** The alias of each bean, by the name of the bean. */
	Map<String, String> aliases() {
		return AliasNames.byBean(this.names);
	}

	/**
	 * The bean that is injected where none is named.
	 * @return its name, or {@code null} if there is none, or several and no primary one
	 */
	@Nullable String injectedByDefault() {
		Collection<String> primaries = this.names.stream().filter(this::primary).toList();
		if (primaries.size() == 1) {
			return primaries.iterator().next();
		}
		List<String> candidates = this.names.stream().filter(this::defaultCandidate).toList();
		List<String> preferred = candidates.stream().filter((name) -> !fallback(name)).toList();
		List<String> injected = preferred.isEmpty() ? candidates : preferred;
		return (injected.size() == 1) ? injected.get(0) : null;
	}

	boolean anyDefaultCandidate() {
		return this.names.stream().anyMatch(this::defaultCandidate);
	}

	boolean anyPrimary() {
		return this.names.stream().anyMatch(this::primary);
	}

	private boolean primary(String name) {
		BeanDefinition definition = definition(name);
		return definition != null && definition.isPrimary();
	}

	private boolean fallback(String name) {
		BeanDefinition definition = definition(name);
		return definition != null && definition.isFallback();
	}

	private boolean defaultCandidate(String name) {
		BeanDefinition definition = definition(name);
		return definition == null || (definition.isAutowireCandidate()
				&& (!(definition instanceof AbstractBeanDefinition full) || full.isDefaultCandidate()));
	}

	private @Nullable BeanDefinition definition(String name) {
		return this.beanFactory.containsBeanDefinition(name) ? this.beanFactory.getMergedBeanDefinition(name) : null;
	}

}

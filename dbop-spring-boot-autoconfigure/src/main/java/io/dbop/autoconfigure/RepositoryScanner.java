package io.dbop.autoconfigure;

import io.dbop.entity.EntityRepository;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** Finds the interfaces that extend {@link EntityRepository}. */
final class RepositoryScanner extends ClassPathScanningCandidateComponentProvider {

	private final BeanDefinitionRegistry registry;

	RepositoryScanner(BeanDefinitionRegistry registry, Environment environment, ResourceLoader resources) {
		super(false, environment);
		this.registry = registry;
		setResourceLoader(resources);
		addIncludeFilter(new AssignableTypeFilter(EntityRepository.class));
	}

	/** Conditions are decided on what has been defined so far. */
	@Override
	protected BeanDefinitionRegistry getRegistry() {
		return this.registry;
	}

	@Override
	protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
		return definition.getMetadata().isInterface() && definition.getMetadata().isIndependent();
	}

}

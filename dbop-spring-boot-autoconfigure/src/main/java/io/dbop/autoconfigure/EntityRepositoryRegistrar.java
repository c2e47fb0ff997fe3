package io.dbop.autoconfigure;

import io.dbop.entity.EntityRepository;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Defines a bean for every {@link EntityRepository} in the packages of the application.
 * It is made by a method of another bean rather than by a supplier, so that it can be
 * processed ahead of time.
 */
class EntityRepositoryRegistrar implements ImportBeanDefinitionRegistrar {

	private final BeanFactory beanFactory;

	private final ResourceLoader resources;

	private final Environment environment;

	EntityRepositoryRegistrar(BeanFactory beanFactory, ResourceLoader resources, Environment environment) {
		this.beanFactory = beanFactory;
		this.resources = resources;
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importingClassMetadata, BeanDefinitionRegistry registry) {
		if (!AutoConfigurationPackages.has(this.beanFactory)) {
			return;
		}
		RepositoryScanner scanner = new RepositoryScanner(registry, this.environment, this.resources);
		for (String name : AutoConfigurationPackages.get(this.beanFactory)) {
			for (BeanDefinition found : scanner.findCandidateComponents(name)) {
				register(ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()),
						this.resources.getClassLoader()), registry);
			}
		}
	}

	/** One with type parameters of its own is there to be extended. */
	private static void register(Class<?> type, BeanDefinitionRegistry registry) {
		if (type.getTypeParameters().length > 0) {
			return;
		}
		RepositoryType.of(type);
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(EntityRepositories.BEAN_NAME);
		definition.setFactoryMethodName("get");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type.getName());
		String name = ClassUtils.getShortNameAsProperty(type);
		registry.registerBeanDefinition(registry.isBeanNameInUse(name) ? type.getName() : name, definition);
	}

}

package io.dbop.autoconfigure;

import io.dbop.entity.EntityRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;

/** Tells a native image of repositories and their entities. */
class EntityRepositoryAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (!EntityRepositories.BEAN_NAME.equals(bean.getMergedBeanDefinition().getFactoryBeanName())) {
			return null;
		}
		RepositoryType type = RepositoryType.of(bean.getBeanClass());
		return (generation, code) -> register(generation.getRuntimeHints(), type);
	}

	private static void register(RuntimeHints hints, RepositoryType type) {
		hints.proxies().registerJdkProxy(type.type());
		hints.reflection()
			.registerType(EntityRepository.class, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerType(type.type(), MemberCategory.INVOKE_DECLARED_METHODS);
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), type.object());
	}

}

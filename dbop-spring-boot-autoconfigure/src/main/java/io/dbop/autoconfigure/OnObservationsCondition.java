package io.dbop.autoconfigure;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Whether somebody looks at observations. What Boot brings along by itself does not: its
 * handler makes meters of them, of which there are cheaper ones, and its tracer that
 * stands in for a missing one does nothing.
 */
class OnObservationsCondition extends SpringBootCondition implements ConfigurationCondition {

	private static final String BOOT = "org.springframework.boot.";

	private static final String NO_TRACER = BOOT + "micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration";

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		String property = DbopProperties.ObservationsProperties.ENABLED;
		ConditionMessage.Builder message = ConditionMessage.forCondition(property);
		ObservationsSwitch value = Binder.get(context.getEnvironment())
			.bind(property, ObservationsSwitch.class)
			.orElse(ObservationsSwitch.AUTO);
		if (value != ObservationsSwitch.AUTO) {
			return new ConditionOutcome(value == ObservationsSwitch.TRUE, message.because("it is set to " + value));
		}
		String observer = observer(context);
		return (observer != null) ? ConditionOutcome.match(message.found("bean").items(observer))
				: ConditionOutcome.noMatch(message.because("nobody looks at observations"));
	}

	private static @Nullable String observer(ConditionContext context) {
		String tracer = bean(context, "io.micrometer.tracing.Tracer", (source) -> !source.equals(NO_TRACER));
		if (tracer != null) {
			return tracer;
		}
		Predicate<String> ofTheApplication = (source) -> !source.startsWith(BOOT);
		String handler = bean(context, "io.micrometer.observation.ObservationHandler", ofTheApplication);
		return (handler != null) ? handler
				: bean(context, "io.micrometer.observation.ObservationRegistry", ofTheApplication);
	}

	/** The name of a bean, without making it. */
	private static @Nullable String bean(ConditionContext context, String type, Predicate<String> source) {
		ClassLoader classLoader = context.getClassLoader();
		if (!ClassUtils.isPresent(type, classLoader)) {
			return null;
		}
		ConfigurableListableBeanFactory beans = Objects.requireNonNull(context.getBeanFactory());
		return Arrays.stream(beans.getBeanNamesForType(ClassUtils.resolveClassName(type, classLoader), true, false))
			.filter((name) -> source.test(source(beans, name)))
			.findFirst()
			.orElse(null);
	}

	/** The class that defines a bean, empty if the application has registered it. */
	private static String source(ConfigurableListableBeanFactory beans, String name) {
		if (!beans.containsBeanDefinition(name)) {
			return "";
		}
		BeanDefinition definition = beans.getBeanDefinition(name);
		if (definition instanceof AnnotatedBeanDefinition annotated && annotated.getFactoryMethodMetadata() != null) {
			return annotated.getFactoryMethodMetadata().getDeclaringClassName();
		}
		return (definition.getBeanClassName() != null) ? definition.getBeanClassName() : "";
	}

}

package io.dbop.autoconfigure;

import io.dbop.execution.ExecutionObserver;
import io.dbop.observation.AttemptObservationConvention;
import io.dbop.observation.ExecutionObservations;
import io.dbop.observation.OperationObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;

/**
 * Auto-configuration of the observations, where somebody looks at them: after all others,
 * who may define one that does.
 */
@AutoConfiguration(after = DbopExecutionAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration" })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ EngineFactory.class, ObservationRegistry.class })
@Conditional(OnObservationsCondition.class)
public final class DbopObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ExecutionObserver.class)
	ExecutionObservations dbopExecutionObservations(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<OperationObservationConvention> operations,
			ObjectProvider<AttemptObservationConvention> attempts) {
		return new ExecutionObservations(registry::getObject, () -> first(operations), () -> first(attempts));
	}

	private static <T> @Nullable T first(ObjectProvider<T> beans) {
		return beans.orderedStream().findFirst().orElse(null);
	}

}

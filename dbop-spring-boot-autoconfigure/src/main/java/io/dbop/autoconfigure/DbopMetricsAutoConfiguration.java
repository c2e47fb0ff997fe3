package io.dbop.autoconfigure;

import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.execution.DatabaseEngine;
import io.dbop.observation.DatabaseMeters;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters.
 */
@AutoConfiguration(after = DbopExecutionAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ EngineLookup.class, BreakerRegistry.class, MeterRegistry.class })
public final class DbopMetricsAutoConfiguration {

	/**
	 * When all databases are there, so that none is opened for the sake of its meters.
	 */
	@Bean
	SmartInitializingSingleton dbopMeters(ObjectProvider<MeterRegistry> registries, EngineLookup engines,
			BreakerRegistry breakers) {
		return () -> registries.ifAvailable((registry) -> {
			DatabaseMeters meters = new DatabaseMeters(registry);
			for (String alias : engines.aliases()) {
				DatabaseEngine engine = engines.find(alias);
				if (engine != null) {
					meters.bind(engine);
				}
			}
			meters.bind(breakers);
		});
	}

}

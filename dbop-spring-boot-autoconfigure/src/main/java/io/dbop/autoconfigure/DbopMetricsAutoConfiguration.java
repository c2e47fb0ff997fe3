package io.dbop.autoconfigure;

import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.observation.DatabaseMeters;
import io.dbop.pool.PoolRegistry;
import io.dbop.replica.Replicas;
import io.dbop.scaling.DatabaseAdvisor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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
	 * What Boot binds to a registry when that is made. Databases that are opened later
	 * get their meters then.
	 */
	@Bean
	@ConditionalOnMissingBean(name = "dbopMeterBinder")
	MeterBinder dbopMeterBinder(PoolRegistry pools, DatabaseEngines engines, BreakerRegistry breakers,
			Replicas replicas, ObjectProvider<DatabaseAdvisor> advisors) {
		return (registry) -> {
			DatabaseMeters meters = new DatabaseMeters(registry);
			pools.onPool(meters::bind);
			advisors.ifAvailable((advisor) -> pools.onPool((pool) -> meters.bind(advisor, pool.alias())));
			replicas.onSet(meters::bind);
			engines.observers().onEngine(meters::bind);
			engines.observers().onGone((engine) -> meters.unbind(engine.alias()));
			meters.bind(breakers);
		};
	}

	/** Where only Micrometer itself is there, nobody else binds the meters. */
	@Bean
	@ConditionalOnMissingBean(
			type = "org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryPostProcessor")
	SmartInitializingSingleton dbopMeters(ObjectProvider<MeterRegistry> registries, MeterBinder dbopMeterBinder) {
		return () -> registries.orderedStream().forEach(dbopMeterBinder::bindTo);
	}

}

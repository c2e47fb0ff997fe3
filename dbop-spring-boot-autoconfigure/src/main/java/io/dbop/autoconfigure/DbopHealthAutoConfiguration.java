package io.dbop.autoconfigure;

import io.dbop.actuate.DatabasesHealth;
import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.replica.Replicas;
import io.dbop.scaling.DatabaseAdvisor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration of the health contributor {@code dbop}, with one part per alias,
 * those of databases that are created at run time among them. Switched off with
 * {@code management.health.dbop.enabled}, or with that of Boot's {@code db}.
 */
@AutoConfiguration(after = DbopExecutionAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ EngineLookup.class, BreakerRegistry.class })
@ConditionalOnEnabledHealthIndicator("dbop")
@Conditional(DbopHealthAutoConfiguration.NotWithoutBoots.class)
public final class DbopHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "dbopHealthContributor")
	HealthContributor dbopHealthContributor(EngineLookup engines, BreakerRegistry breakers, Replicas replicas,
			ObjectProvider<DatabaseAdvisor> advisor) {
		return new DatabasesHealth(engines, breakers, replicas, advisor.getIfAvailable());
	}

	/** Who does not want Boot's check of the databases wants this one if he says so. */
	static class NotWithoutBoots implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			Environment environment = context.getEnvironment();
			return environment.containsProperty("management.health.dbop.enabled")
					|| environment.getProperty("management.health.db.enabled", Boolean.class, true);
		}

	}

}

package io.dbop.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.dbop.actuate.DatabaseHealthIndicator;
import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health contributor {@code dbop}, with one part per alias.
 */
@AutoConfiguration(after = DbopExecutionAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ EngineLookup.class, BreakerRegistry.class })
@ConditionalOnEnabledHealthIndicator("dbop")
public final class DbopHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "dbopHealthContributor")
	HealthContributor dbopHealthContributor(EngineLookup engines, BreakerRegistry breakers) {
		Map<String, HealthContributor> contributors = new LinkedHashMap<>();
		for (String alias : engines.aliases()) {
			contributors.put(alias, new DatabaseHealthIndicator(alias, engines, breakers));
		}
		return CompositeHealthContributor.fromMap(contributors);
	}

}

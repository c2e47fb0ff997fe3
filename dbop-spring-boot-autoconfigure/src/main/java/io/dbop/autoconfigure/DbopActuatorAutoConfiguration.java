package io.dbop.autoconfigure;

import io.dbop.actuate.DbopDashboard;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.database.Databases;
import io.dbop.replica.Replicas;
import io.dbop.scaling.DatabaseAdvisor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoint {@code dbop}.
 */
@AutoConfiguration(after = DbopExecutionAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean({ EngineLookup.class, BreakerRegistry.class })
public final class DbopActuatorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(DbopEndpoint.class)
	DbopEndpoint dbopEndpoint(EngineLookup engines, BreakerRegistry breakers, Databases databases, Replicas replicas,
			ObjectProvider<DatabaseAdvisor> advisor) {
		return new DbopEndpoint(engines, breakers, databases, replicas, advisor.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(DbopEndpoint.class)
	@ConditionalOnAvailableEndpoint(endpoint = DbopEndpoint.class, exposure = EndpointExposure.WEB)
	DbopDashboard dbopDashboard(ObjectProvider<EndpointAccessResolver> accesses) {
		EndpointAccessResolver resolver = accesses.getIfAvailable();
		return new DbopDashboard(
				resolver != null && resolver.accessFor(EndpointId.of("dbop"), Access.READ_ONLY) == Access.UNRESTRICTED);
	}

}

package io.dbop.autoconfigure;

import io.dbop.database.Databases;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of entities: repositories in the packages of the application, and by
 * whom entities are changed.
 */
@AutoConfiguration(after = DbopExecutionAutoConfiguration.class)
@ConditionalOnBean(DbopExecutionAutoConfiguration.class)
@Import({ AuditorUser.class, SecurityUser.class, EntityRepositoryRegistrar.class })
public final class DbopEntityAutoConfiguration {

	@Bean(EntityRepositories.BEAN_NAME)
	EntityRepositories dbopEntityRepositories(DatabaseEngines engines, Databases databases, EntityFactory entities,
			DbopProperties properties) {
		return new EntityRepositories(engines, databases, entities, properties);
	}

}

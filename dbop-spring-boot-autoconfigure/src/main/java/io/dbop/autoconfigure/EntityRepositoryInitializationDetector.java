package io.dbop.autoconfigure;

import java.util.Set;

import io.dbop.entity.EntityRepository;

import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/** Has repositories made after Flyway, Liquibase and scripts have done their work. */
class EntityRepositoryInitializationDetector extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

	@Override
	protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
		return Set.of(EntityRepository.class);
	}

}

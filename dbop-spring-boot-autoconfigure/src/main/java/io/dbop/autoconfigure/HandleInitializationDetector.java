package io.dbop.autoconfigure;

import java.util.Set;

import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.entity.EntityRepository;

import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;

/**
 * Has what works on a database made after Flyway, Liquibase and scripts have done their
 * work.
 */
class HandleInitializationDetector extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

	@Override
	protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
		return Set.of(Database.class, Databases.class, EntityRepository.class);
	}

}

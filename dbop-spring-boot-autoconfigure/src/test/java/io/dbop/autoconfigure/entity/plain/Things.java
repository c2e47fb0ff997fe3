package io.dbop.autoconfigure.entity.plain;

import io.dbop.entity.EntityRepository;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;

/** Is of what is no entity. */
public interface Things extends EntityRepository<Things.Thing> {

	/** No entity. */
	record Thing(String id) {
	}

	/** The application. */
	@AutoConfigurationPackage
	class Application {

	}

}

package io.dbop.autoconfigure.entity.derived;

import java.util.List;

import io.dbop.entity.DbEntity;
import io.dbop.entity.EntityRepository;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;

/** Has a method that nobody implements. */
public interface Things extends EntityRepository<Things.Thing> {

	/**
	 * A query by its name.
	 * @param name the name
	 * @return the things
	 */
	List<Thing> findByName(String name);

	/** An entity. */
	@DbEntity("things")
	record Thing(String id, String name) {
	}

	/** The application. */
	@AutoConfigurationPackage
	class Application {

	}

}

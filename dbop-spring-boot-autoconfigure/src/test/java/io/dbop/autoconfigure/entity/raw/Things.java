package io.dbop.autoconfigure.entity.raw;

import io.dbop.entity.EntityRepository;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;

/** Does not say of what. */
@SuppressWarnings("rawtypes")
public interface Things extends EntityRepository {

	/** The application. */
	@AutoConfigurationPackage
	class Application {

	}

}

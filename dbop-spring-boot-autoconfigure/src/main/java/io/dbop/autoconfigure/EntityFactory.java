package io.dbop.autoconfigure;

import io.dbop.entity.EntityOperations;
import io.dbop.entity.EntitySettings;
import io.dbop.entity.EntityUser;
import io.dbop.entity.InvalidEntityException;
import io.dbop.entity.value.EntitySerializer;
import io.dbop.execution.DatabaseEngine;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;

/**
 * Makes the operations on the entities of a database, with the settings of its alias, and
 * the user and the serializers of the application. Thread-safe.
 */
class EntityFactory {

	private static final String JACKSON = "tools.jackson.databind.json.JsonMapper";

	private final DbopProperties properties;

	private final EntityCacheManagers caches;

	private final ObjectProvider<EntityUser> user;

	private final ObjectProvider<EntitySerializer<?>> serializers;

	EntityFactory(DbopProperties properties, EntityCacheManagers caches, ObjectProvider<EntityUser> user,
			ObjectProvider<EntitySerializer<?>> serializers) {
		PropertiesCheck.check(properties.entity());
		this.properties = properties;
		this.caches = caches;
		this.user = user;
		this.serializers = serializers;
	}

	EntitySettings settings(String alias) {
		return ConfigMapping.entities(this.properties, alias);
	}

	/**
	 * The operations on an engine's database.
	 * @throws InvalidEntityException if Jackson is missing, which an application without
	 * entities need not have
	 */
	EntityOperations entities(DatabaseEngine engine) {
		if (!ClassUtils.isPresent(JACKSON, null)) {
			throw new InvalidEntityException(
					"Entities need Jackson 3, which the application does not have. Add 'org.springframework.boot:spring-boot-starter-jackson' or 'tools.jackson.core:jackson-databind'.");
		}
		return EntityOperations.of(engine, settings(engine.alias()), this.user.getIfAvailable(() -> () -> null),
				this.serializers.orderedStream().toList(), this.caches.caching(engine.alias()));
	}

}

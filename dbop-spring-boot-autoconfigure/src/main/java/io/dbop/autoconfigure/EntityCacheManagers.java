package io.dbop.autoconfigure;

import java.util.Objects;
import java.util.Set;

import io.dbop.autoconfigure.DbopProperties.CacheProperties;
import io.dbop.entity.EntityCaching;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;

/**
 * Finds the caches that entities are read through: those of the application's
 * {@link CacheManager}, or, where it has none, some within this JVM.
 */
final class EntityCacheManagers {

	/** A row and what guards it are two entries. */
	private static final int ENTRIES_PER_ENTITY = 2;

	private static final Logger logger = LoggerFactory.getLogger(EntityCacheManagers.class);

	private final DbopProperties properties;

	private final BeanFactory beans;

	EntityCacheManagers(DbopProperties properties, BeanFactory beans) {
		this.properties = properties;
		this.beans = beans;
	}

	EntityCaching caching(String alias) {
		Set<String> entities = this.properties.database(alias).entity().cached();
		if (entities.isEmpty()) {
			return EntityCaching.none();
		}
		CacheManager manager = Objects.requireNonNullElseGet(manager(), this::embedded);
		logger.info("Database '{}': the entities {} are read through caches of {}", alias, entities,
				manager.getClass().getName());
		return new EntityCaching(entities, (entity) -> cache(manager, "dbop.%s.%s".formatted(alias, entity)),
				settings().maxAge());
	}

	private CacheProperties settings() {
		return this.properties.entity().cache();
	}

	private static Cache cache(CacheManager manager, String name) {
		Cache cache = manager.getCache(name);
		if (cache == null) {
			throw new InvalidPropertyException("spring.cache.cache-names", null,
					"the CacheManager has no cache '%s' for the entity of that name. Add it to its caches."
						.formatted(name));
		}
		return cache;
	}

	private @Nullable CacheManager manager() {
		String name = settings().manager();
		try {
			return (name != null) ? this.beans.getBean(name, CacheManager.class)
					: this.beans.getBeanProvider(CacheManager.class).getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new InvalidPropertyException(CacheProperties.MANAGER, null,
					"there are several CacheManagers (%s) and none is primary. Set it to the name of the one for entities."
						.formatted(ex.getBeanNamesFound()));
		}
		catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException ex) {
			throw new InvalidPropertyException(CacheProperties.MANAGER, name, "there is no CacheManager of that name.");
		}
	}

	/** One of each database: an alias may be another database later. */
	private CacheManager embedded() {
		CaffeineCacheManager embedded = new CaffeineCacheManager();
		embedded
			.setCacheSpecification("maximumSize=" + Math.multiplyExact(settings().maxEntities(), ENTRIES_PER_ENTITY));
		return embedded;
	}

}

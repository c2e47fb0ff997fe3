package io.dbop.entity;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import org.springframework.cache.Cache;
import org.springframework.util.Assert;

/**
 * Which entities of a database are read through caches, and in which. Immutable.
 *
 * @param entities the names of the entities
 * @param caches gives the cache of an entity, which nothing else may use
 * @param maxAge how long what was read counts at most, also where a cache could not be
 * told of a change
 */
public record EntityCaching(Set<String> entities, Function<String, Cache> caches, Duration maxAge) {

	private static final EntityCaching NONE = new EntityCaching(Set.of(), (entity) -> {
		throw new IllegalStateException("No entity is cached");
	}, Duration.ofMinutes(10));

	/**
	 * Creates it.
	 */
	public EntityCaching {
		entities = Collections.unmodifiableSet(new TreeSet<>(entities));
		Assert.isTrue(maxAge.toMillis() > 0, "max-age must be positive");
	}

	/**
	 * Nothing is cached.
	 * @return that
	 */
	public static EntityCaching none() {
		return NONE;
	}

}

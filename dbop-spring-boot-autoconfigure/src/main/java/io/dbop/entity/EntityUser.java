package io.dbop.entity;

import org.jspecify.annotations.Nullable;

/**
 * Tells by whom entities are changed, where a call does not say. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface EntityUser {

	/**
	 * The user on whose behalf the current thread works.
	 * @return the user, {@code null} if that is not known
	 */
	@Nullable String current();

}

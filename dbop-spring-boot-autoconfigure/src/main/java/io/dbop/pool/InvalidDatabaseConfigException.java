package io.dbop.pool;

import io.dbop.DbopException;
import org.jspecify.annotations.Nullable;

/**
 * A database is configured in a way that cannot work. The message names the property, its
 * value unless that is a secret, and what is allowed.
 */
public final class InvalidDatabaseConfigException extends DbopException {

	private final String property;

	InvalidDatabaseConfigException(String alias, String property, @Nullable Object value, String allowed) {
		this(alias, property, value, allowed, null);
	}

	InvalidDatabaseConfigException(String alias, String property, @Nullable Object value, String allowed,
			@Nullable Throwable cause) {
		super(alias, "dbop.databases.%s.%s%s: %s".formatted(alias, property,
				(value != null) ? " is '" + value + "'" : " is not set", allowed), cause);
		this.property = property;
	}

	/**
	 * The property, without the prefix of its alias, such as {@code pool.max}.
	 * @return the property
	 */
	public String property() {
		return this.property;
	}

}

package io.dbop.pool;

import org.jspecify.annotations.Nullable;

/**
 * Where a pool gets user and password from. It is asked for every new physical
 * connection, so that credentials may change while the application runs. Implementations
 * are thread-safe and answer quickly.
 */
@FunctionalInterface
public interface CredentialsSource {

	/**
	 * The credentials to connect with now.
	 * @return user and password
	 */
	Credentials credentials();

	/**
	 * Credentials that do not change.
	 * @param username the user, or {@code null} for the driver's default
	 * @param password the password, or {@code null} for none
	 * @return their source
	 */
	static CredentialsSource of(@Nullable String username, @Nullable String password) {
		Credentials credentials = new Credentials(username, password);
		return () -> credentials;
	}

	/**
	 * A user and a password, which {@link #toString()} does not show.
	 *
	 * @param username the user, or {@code null} for the driver's default
	 * @param password the password, or {@code null} for none
	 */
	record Credentials(@Nullable String username, @Nullable String password) {

		@Override
		public String toString() {
			return "Credentials[username=" + this.username + "]";
		}

	}

}

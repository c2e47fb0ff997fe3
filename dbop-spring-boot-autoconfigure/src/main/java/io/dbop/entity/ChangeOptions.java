package io.dbop.entity;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * How entities are changed. Immutable.
 *
 * @param user by whom, {@code null} for whom the application names
 * @param why a comment for the history, {@code null} for none
 * @param limit how long it may take in total, {@code null} for what is usual
 * @param expected the version that it must have, 0 if it must not be there, {@code null}
 * if it does not matter
 */
public record ChangeOptions(@Nullable String user, @Nullable String why, @Nullable Duration limit,
		@Nullable Long expected) {

	private static final ChangeOptions DEFAULTS = new ChangeOptions(null, null, null, null);

	/**
	 * Nothing in particular.
	 * @return the options
	 */
	public static ChangeOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Says by whom.
	 * @param user the user, as the history will name it
	 * @return the options
	 */
	public static ChangeOptions by(String user) {
		Assert.hasText(user, "The user must not be empty");
		return new ChangeOptions(user, null, null, null);
	}

	/**
	 * Says which version is to be changed.
	 * @param version the version that the entity must have, 0 if it must not be there
	 * @return the options
	 */
	public static ChangeOptions ofVersion(long version) {
		return DEFAULTS.expectedVersion(version);
	}

	/**
	 * Says why.
	 * @param comment the comment, for the history
	 * @return a copy
	 */
	public ChangeOptions comment(@Nullable String comment) {
		return new ChangeOptions(this.user, comment, this.limit, this.expected);
	}

	/**
	 * Limits the whole call.
	 * @param timeout the time
	 * @return a copy
	 */
	public ChangeOptions timeout(Duration timeout) {
		return new ChangeOptions(this.user, this.why, EntityTimeouts.positive(timeout), this.expected);
	}

	/**
	 * Changes the entity only if it has this version.
	 * @param version the version, 0 if it must not be there
	 * @return a copy
	 */
	public ChangeOptions expectedVersion(long version) {
		Assert.isTrue(version >= 0, "A version is not negative");
		return new ChangeOptions(this.user, this.why, this.limit, version);
	}

	/** The same by another user. */
	ChangeOptions withUser(@Nullable String other) {
		return new ChangeOptions(other, this.why, this.limit, this.expected);
	}

}

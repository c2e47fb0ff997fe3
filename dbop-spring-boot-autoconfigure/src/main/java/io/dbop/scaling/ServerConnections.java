package io.dbop.scaling;

import java.time.Duration;

/**
 * The connections of a database server, as far as it lets applications have them: by the
 * limit of the server, the user or the database, of which there is the least room.
 *
 * @param scope whose limit it is: server, user or database
 * @param max how many there may be
 * @param inUse how many there are, those of others included
 * @param age how long ago the server said so
 */
public record ServerConnections(String scope, int max, int inUse, Duration age) {

	/**
	 * How many more there may be.
	 * @return the number, zero at least
	 */
	public int room() {
		return Math.max(0, this.max - this.inUse);
	}

}

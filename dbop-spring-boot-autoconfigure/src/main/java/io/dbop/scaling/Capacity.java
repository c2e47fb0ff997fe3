package io.dbop.scaling;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What the load on this application server needs: the connections that are held, and by
 * Little's law those that callers would hold who got none. Immutable.
 *
 * @param arrivalsPerSecond how many callers come, those that are turned away included
 * @param held how long each holds a connection on average
 * @param connections how many connections are needed for that at the same time
 * @param poolMax how many the pool may have, {@code null} if it does not tell
 * @param servers how many application servers with such a pool the load of this one
 * needs, {@code null} if the pool does not tell how many it may have
 * @param room how many more such servers the database has connections for, {@code null}
 * if it does not tell
 * @param server the connections of the database server, {@code null} if it does not tell
 */
public record Capacity(double arrivalsPerSecond, Duration held, double connections, @Nullable Integer poolMax,
		@Nullable Integer servers, @Nullable Integer room, @Nullable ServerConnections server) {

	/**
	 * What a server is not added for: figures are never quite those of the next minute.
	 */
	private static final double TOLERANCE = 0.05;

	/**
	 * What is needed.
	 * @param held how long those hold a connection who have given theirs back
	 * @param turnedAway how many get none, in a second
	 */
	static Capacity of(double arrivals, double inUse, double turnedAway, Duration held, @Nullable Integer poolMax,
			@Nullable ServerConnections server) {
		double connections = inUse + turnedAway * held.toNanos() / 1e9;
		Duration each = (arrivals > 0) ? Duration.ofNanos(Math.round(connections / arrivals * 1e9)) : held;
		return of(arrivals, each, connections, poolMax, server);
	}

	private static Capacity of(double arrivals, Duration held, double connections, @Nullable Integer poolMax,
			@Nullable ServerConnections server) {
		if (poolMax == null || poolMax <= 0) {
			return new Capacity(arrivals, held, connections, null, null, null, server);
		}
		int servers = (int) Math.max(1, Math.ceil(connections / poolMax - TOLERANCE));
		return new Capacity(arrivals, held, connections, poolMax, servers,
				(server != null) ? server.room() / poolMax : null, server);
	}

	/**
	 * The connections that are needed in relation to those that the pool may have.
	 * @return more than 1 if there are too few, {@code null} if the pool does not tell
	 */
	public @Nullable Double utilisation() {
		return (this.poolMax != null) ? this.connections / this.poolMax : null;
	}

	/**
	 * Whether the load needs more connections than the pool may have.
	 * @return whether it does
	 */
	public boolean exceeded() {
		return this.servers != null && this.servers > 1;
	}

	/**
	 * Whether the database has no connections for the servers that the load needs.
	 * @return whether it has too few
	 */
	public boolean beyondDatabase() {
		return this.servers != null && this.room != null && this.servers - 1 > this.room;
	}

}

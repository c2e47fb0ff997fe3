package io.dbop.actuate;

import java.util.List;

import io.dbop.scaling.Capacity;
import io.dbop.scaling.NextStep;
import io.dbop.scaling.ServerConnections;
import io.dbop.scaling.Situation;
import org.jspecify.annotations.Nullable;

/**
 * What the load on this application server needs.
 *
 * @param arrivalsPerSecond how many callers come, those that are turned away included
 * @param averageHeldMillis how long each holds a connection
 * @param connectionsNeeded how many connections that needs at the same time
 * @param poolMax how many the pool may have
 * @param utilisation the needed connections in relation to that: more than 1 if there are
 * too few
 * @param applicationServers how many servers with such a pool the load needs
 * @param server the connections of the database server, if it tells
 * @param serversUntilLimit for how many more servers the database has connections
 * @param next what helps further where servers, or connections for them, do not
 */
public record CapacityDescriptor(double arrivalsPerSecond, double averageHeldMillis, double connectionsNeeded,
		@Nullable Integer poolMax, @Nullable Double utilisation, @Nullable Integer applicationServers,
		@Nullable ServerDescriptor server, @Nullable Integer serversUntilLimit, List<NextStep> next) {

	static CapacityDescriptor of(Situation situation) {
		Capacity capacity = situation.capacity();
		ServerConnections server = capacity.server();
		return new CapacityDescriptor(capacity.arrivalsPerSecond(), capacity.held().toNanos() / 1e6,
				capacity.connections(), capacity.poolMax(), capacity.utilisation(), capacity.servers(),
				(server != null) ? ServerDescriptor.of(server) : null, capacity.room(),
				situation.contended() ? NextStep.of(situation) : List.of());
	}

	/**
	 * The connections that applications may have.
	 *
	 * @param scope whose limit it is: server, user or database
	 * @param max how many there may be
	 * @param inUse how many there are
	 * @param ageSeconds how long ago the server said so
	 */
	public record ServerDescriptor(String scope, int max, int inUse, long ageSeconds) {

		static ServerDescriptor of(ServerConnections server) {
			return new ServerDescriptor(server.scope(), server.max(), server.inUse(), server.age().toSeconds());
		}

	}

}

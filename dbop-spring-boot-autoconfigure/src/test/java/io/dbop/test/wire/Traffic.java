package io.dbop.test.wire;

import java.util.List;

/**
 * What went through a {@link WireProxy}.
 *
 * @param connections connections that were accepted
 * @param roundTrips how often an answer followed a request; whatever the client sends
 * before the server answers is one round trip
 * @param bytesToServer bytes forwarded to the server
 * @param bytesToClient bytes forwarded to the client
 * @param statements the SQL that was executed, in order
 */
public record Traffic(int connections, int roundTrips, long bytesToServer, long bytesToClient,
		List<String> statements) {

	/**
	 * The traffic since an earlier moment.
	 * @param earlier the traffic up to that moment
	 * @return the difference
	 */
	public Traffic since(Traffic earlier) {
		return new Traffic(this.connections - earlier.connections, this.roundTrips - earlier.roundTrips,
				this.bytesToServer - earlier.bytesToServer, this.bytesToClient - earlier.bytesToClient,
				this.statements.subList(earlier.statements.size(), this.statements.size()));
	}

}

package io.dbop.test.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The running totals of a proxy.
 */
final class Meter {

	private final List<String> statements = new ArrayList<>();

	private final List<Long> attempts = new ArrayList<>();

	private int connections;

	private int roundTrips;

	private long bytesToServer;

	private long bytesToClient;

	synchronized void attempted() {
		this.attempts.add(System.nanoTime());
	}

	synchronized List<Long> attempts() {
		return List.copyOf(this.attempts);
	}

	synchronized void connected() {
		this.connections++;
	}

	synchronized void toServer(int bytes, List<String> executed) {
		this.bytesToServer += bytes;
		this.statements.addAll(executed);
	}

	synchronized void toClient(int bytes, boolean answersRequest) {
		this.bytesToClient += bytes;
		this.roundTrips += answersRequest ? 1 : 0;
	}

	synchronized Traffic read() {
		return new Traffic(this.connections, this.roundTrips, this.bytesToServer, this.bytesToClient,
				List.copyOf(this.statements));
	}

}

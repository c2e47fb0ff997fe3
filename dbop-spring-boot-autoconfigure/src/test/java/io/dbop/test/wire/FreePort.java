package io.dbop.test.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that a server or proxy can keep over its restarts.
 */
public final class FreePort {

	private static final int FIRST = 20000;

	private static final int LAST = 29999;

	private FreePort() {
	}

	/**
	 * Find a port outside the range from which systems number outgoing connections.
	 * Inside it, a client that keeps trying while the server is down sooner or later
	 * connects to itself, and holds the port when the server wants it back.
	 * @return a port on which nobody listens
	 */
	public static int find() {
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// Taken.
			}
		}
		throw new IllegalStateException("No free port between " + FIRST + " and " + LAST);
	}

}

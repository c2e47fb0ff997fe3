package io.dbop.test.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads the SQL out of what a client sends. Unencrypted connections only: behind TLS
 * nothing is recognised, bytes and round trips are counted all the same.
 */
public enum WireProtocol {

	/**
	 * PostgreSQL's protocol version 3.
	 */
	POSTGRES(PostgresWire::new),

	/**
	 * The client/server protocol of MySQL and MariaDB.
	 */
	MYSQL(MySqlWire::new);

	private final Supplier<Session> sessions;

	WireProtocol(Supplier<Session> sessions) {
		this.sessions = sessions;
	}

	Session newSession() {
		return this.sessions.get();
	}

	/**
	 * The parsing state of one connection.
	 */
	interface Session {

		/**
		 * Take the next bytes from the client; messages may be split anywhere.
		 * @param bytes what the client sent
		 * @return the statements whose execution these bytes complete the request for
		 */
		List<String> executed(ByteBuffer bytes);

	}

}

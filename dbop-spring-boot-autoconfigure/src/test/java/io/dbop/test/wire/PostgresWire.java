package io.dbop.test.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads PostgreSQL's frontend messages: the simple query, and parse, bind and execute of
 * the extended one. Prepared statements and portals are remembered by name, because a
 * driver that has run a statement a few times sends no more text with it.
 */
final class PostgresWire implements WireProtocol.Session {

	private static final int SSL_REQUEST = 80877103;

	private static final int GSS_ENCRYPTION_REQUEST = 80877104;

	private static final int TLS_HANDSHAKE = 0x16;

	private final MessageBuffer buffer = new MessageBuffer();

	private final Map<String, String> statements = new HashMap<>();

	private final Map<String, String> portals = new HashMap<>();

	private boolean started;

	private boolean unreadable;

	@Override
	public List<String> executed(ByteBuffer bytes) {
		this.buffer.append(bytes);
		List<String> executed = new ArrayList<>();
		if (!this.started) {
			start();
		}
		while (this.started && nextMessageIsWhole()) {
			char type = (char) this.buffer.peek(0);
			ByteBuffer message = this.buffer.take(1 + this.buffer.peekBigEndianInt(1)).position(5);
			read(type, message, executed);
		}
		return executed;
	}

	private boolean nextMessageIsWhole() {
		return this.buffer.available() >= 5 && this.buffer.available() > this.buffer.peekBigEndianInt(1);
	}

	/**
	 * Skip what comes before the messages with a type: requests for encryption, and the
	 * startup packet. None of them has a type byte.
	 */
	private void start() {
		this.unreadable = this.unreadable || (this.buffer.available() > 0 && this.buffer.peek(0) == TLS_HANDSHAKE);
		if (this.unreadable) {
			this.buffer.discard();
		}
		while (!this.started && this.buffer.available() >= 8
				&& this.buffer.available() >= this.buffer.peekBigEndianInt(0)) {
			int code = this.buffer.peekBigEndianInt(4);
			this.buffer.take(this.buffer.peekBigEndianInt(0));
			this.started = code != SSL_REQUEST && code != GSS_ENCRYPTION_REQUEST;
		}
	}

	private void read(char type, ByteBuffer message, List<String> executed) {
		switch (type) {
			case 'Q' -> executed.add(text(message));
			case 'P' -> this.statements.put(text(message), text(message));
			case 'B' -> this.portals.put(text(message), this.statements.getOrDefault(text(message), ""));
			case 'E' -> executed.add(this.portals.getOrDefault(text(message), ""));
			default -> {
				// Describe, sync, close and the like execute nothing.
			}
		}
	}

	private static String text(ByteBuffer message) {
		int start = message.position();
		while (message.get() != 0) {
			// Reads up to the terminator.
		}
		return StandardCharsets.UTF_8.decode(message.slice(start, message.position() - start - 1)).toString();
	}

}

package io.dbop.test.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The BEGINs of PostgreSQL's that are to last. Nothing on a server makes a BEGIN wait, so
 * that a wait is put in front of it, into the same message: what hits the one undoes the
 * other.
 */
final class SlowBegins {

	private static final byte[] BEGIN = message("BEGIN");

	private final Queue<Duration> planned = new ArrayDeque<>();

	private int begun;

	synchronized void add(Duration duration) {
		this.planned.add(duration);
	}

	/**
	 * How many have been made to last.
	 */
	synchronized int begun() {
		return this.begun;
	}

	/**
	 * What the server gets in place of what the client has sent.
	 */
	synchronized ByteBuffer apply(byte[] bytes, int length) {
		Duration duration = this.planned.peek();
		int at = (duration != null) ? find(bytes, length) : -1;
		if (duration == null || at < 0) {
			return ByteBuffer.wrap(bytes, 0, length);
		}
		this.planned.remove();
		this.begun++;
		byte[] slow = message("SELECT pg_sleep(%s); BEGIN".formatted(duration.toMillis() / 1000d));
		return ByteBuffer.allocate(length - BEGIN.length + slow.length)
			.put(bytes, 0, at)
			.put(slow)
			.put(bytes, at + BEGIN.length, length - at - BEGIN.length)
			.flip();
	}

	private static int find(byte[] bytes, int length) {
		for (int at = 0; at <= length - BEGIN.length; at++) {
			if (ByteBuffer.wrap(bytes, at, BEGIN.length).equals(ByteBuffer.wrap(BEGIN))) {
				return at;
			}
		}
		return -1;
	}

	private static byte[] message(String sql) {
		byte[] text = sql.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(text.length + 6)
			.put((byte) 'Q')
			.putInt(text.length + 5)
			.put(text)
			.put((byte) 0)
			.array();
	}

}

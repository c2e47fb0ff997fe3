package io.dbop.test.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads MySQL's command packets. Only text queries are reported: statements prepared on
 * the server are executed by a number that the server made up, and none of the drivers
 * commits that way.
 */
final class MySqlWire implements WireProtocol.Session {

	private static final int HEADER = 4;

	private static final int CLIENT_SSL = 1 << 11;

	private static final int CLIENT_QUERY_ATTRIBUTES = 1 << 27;

	private static final int COM_QUERY = 0x03;

	private final MessageBuffer buffer = new MessageBuffer();

	private boolean greeted;

	private boolean unreadable;

	private boolean queryAttributes;

	@Override
	public List<String> executed(ByteBuffer bytes) {
		this.buffer.append(bytes);
		List<String> executed = new ArrayList<>();
		while (!this.unreadable && nextPacketIsWhole()) {
			int sequence = this.buffer.peek(3);
			ByteBuffer packet = this.buffer.take(HEADER + payloadLength()).position(HEADER);
			if (!this.greeted) {
				greet(packet);
			}
			else if (sequence == 0 && packet.hasRemaining() && packet.get() == COM_QUERY) {
				executed.add(query(packet));
			}
		}
		if (this.unreadable) {
			this.buffer.discard();
		}
		return executed;
	}

	private boolean nextPacketIsWhole() {
		return this.buffer.available() >= HEADER && this.buffer.available() >= HEADER + payloadLength();
	}

	private int payloadLength() {
		return this.buffer.peek(0) | this.buffer.peek(1) << 8 | this.buffer.peek(2) << 16;
	}

	/**
	 * The client's first packet says how it will talk from then on.
	 */
	private void greet(ByteBuffer packet) {
		int capabilities = Integer.reverseBytes(packet.getInt());
		this.greeted = true;
		this.unreadable = (capabilities & CLIENT_SSL) != 0;
		this.queryAttributes = (capabilities & CLIENT_QUERY_ATTRIBUTES) != 0;
	}

	private String query(ByteBuffer packet) {
		if (this.queryAttributes) {
			skipAttributes(packet);
		}
		return StandardCharsets.UTF_8.decode(packet).toString();
	}

	/**
	 * Skip two counts of one byte: of attributes, and of attribute sets, which is 1. No
	 * driver sends attributes unasked.
	 */
	private static void skipAttributes(ByteBuffer packet) {
		byte attributes = packet.get();
		packet.get();
		if (attributes != 0) {
			throw new IllegalStateException("Query attributes are not understood");
		}
	}

}

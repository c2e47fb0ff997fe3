package io.dbop.test.wire;

import java.nio.ByteBuffer;

/**
 * Keeps the bytes of a message that has not arrived whole.
 */
final class MessageBuffer {

	private ByteBuffer pending = ByteBuffer.allocate(0);

	void append(ByteBuffer bytes) {
		ByteBuffer joined = ByteBuffer.allocate(this.pending.remaining() + bytes.remaining());
		this.pending = joined.put(this.pending).put(bytes).flip();
	}

	int available() {
		return this.pending.remaining();
	}

	/**
	 * The byte at an offset, unsigned and without consuming it.
	 * @param offset the offset from the first unconsumed byte
	 * @return the byte
	 */
	int peek(int offset) {
		return this.pending.get(this.pending.position() + offset) & 0xff;
	}

	int peekBigEndianInt(int offset) {
		return this.pending.getInt(this.pending.position() + offset);
	}

	ByteBuffer take(int length) {
		ByteBuffer message = this.pending.slice(this.pending.position(), length);
		this.pending.position(this.pending.position() + length);
		return message;
	}

	void discard() {
		this.pending.position(this.pending.limit());
	}

}

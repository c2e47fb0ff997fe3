package io.dbop.benchmark.capacity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A connection to an application server, kept alive and used for one question at a time.
 * Knows of HTTP what these servers say. Confined to one thread.
 */
final class Line implements AutoCloseable {

	private static final byte[] QUESTION = ("GET " + CapacityServer.PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
		.getBytes(StandardCharsets.US_ASCII);

	private static final String END = "\r\n\r\n";

	private static final int STATUS = "HTTP/1.1 ".length();

	private final ByteBuffer buffer = ByteBuffer.allocate(2048);

	private final SocketChannel channel;

	private final int server;

	private Line(SocketChannel channel, int server) {
		this.channel = channel;
		this.server = server;
	}

	static Line open(int server, int port, Selector selector) throws IOException {
		SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		channel.configureBlocking(false);
		Line line = new Line(channel, server);
		channel.register(selector, SelectionKey.OP_READ, line);
		return line;
	}

	int server() {
		return this.server;
	}

	void ask() throws IOException {
		this.buffer.clear();
		ByteBuffer question = ByteBuffer.wrap(QUESTION);
		while (question.hasRemaining()) {
			this.channel.write(question);
		}
	}

	/**
	 * Reads what has come.
	 * @return the answer, or {@code null} if it is not complete
	 * @throws IOException if the server hung up
	 */
	@Nullable Answer read() throws IOException {
		if (this.channel.read(this.buffer) == -1) {
			throw new IOException("The server hung up");
		}
		String text = new String(this.buffer.array(), 0, this.buffer.position(), StandardCharsets.US_ASCII);
		if (!text.endsWith(END)) {
			return null;
		}
		return new Answer(System.nanoTime(), this.server, Integer.parseInt(text.substring(STATUS, STATUS + 3)),
				waitNanos(text));
	}

	private static long waitNanos(String text) {
		int name = text.indexOf(Question.WAIT + ": ");
		if (name == -1) {
			return 0;
		}
		int begin = name + Question.WAIT.length() + 2;
		return Long.parseLong(text.substring(begin, text.indexOf('\r', begin)));
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}

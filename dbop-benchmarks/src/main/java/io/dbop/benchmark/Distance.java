package io.dbop.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes on what is sent to a server as if it were far away: everything arrives some time
 * later, in either direction, however much is under way.
 */
public final class Distance implements AutoCloseable {

	private static final int BUFFER = 64 * 1024;

	private static final byte[] END = new byte[0];

	private final ServerSocket front;

	private final InetSocketAddress server;

	private final long nanos;

	/**
	 * Puts a distance in front of a server.
	 * @param host its host
	 * @param port its port
	 * @param way how long each direction takes
	 * @throws IOException if that cannot be done
	 */
	public Distance(String host, int port, Duration way) throws IOException {
		this.front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.server = new InetSocketAddress(host, port);
		this.nanos = way.toNanos();
		start(this::accept);
	}

	/**
	 * Where to connect to.
	 * @return the port, on the loopback address
	 */
	public int port() {
		return this.front.getLocalPort();
	}

	private void accept() throws IOException {
		while (!this.front.isClosed()) {
			Socket client = this.front.accept();
			Socket behind = new Socket();
			behind.connect(this.server);
			pass(client, behind);
			pass(behind, client);
		}
	}

	private void pass(Socket from, Socket to) throws IOException {
		from.setTcpNoDelay(true);
		to.setTcpNoDelay(true);
		BlockingQueue<Letter> underWay = new LinkedBlockingQueue<>();
		InputStream in = from.getInputStream();
		OutputStream out = to.getOutputStream();
		start(() -> {
			byte[] buffer = new byte[BUFFER];
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				underWay.add(new Letter(System.nanoTime() + this.nanos, Arrays.copyOf(buffer, length)));
			}
			underWay.add(new Letter(System.nanoTime(), END));
		});
		start(() -> {
			for (Letter next = underWay.take(); next.text().length > 0; next = underWay.take()) {
				next.await();
				out.write(next.text());
				out.flush();
			}
			to.close();
		});
	}

	private static void start(Contender.Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (Exception ex) {
				// one of the two has closed the connection
			}
		}, "distance");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.front.close();
	}

	/**
	 * What is under way.
	 *
	 * @param arrives when it arrives
	 * @param text what it is
	 */
	private record Letter(long arrives, byte[] text) {

		void await() {
			for (long left = this.arrives - System.nanoTime(); left > 0; left = this.arrives - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
		}

	}

}

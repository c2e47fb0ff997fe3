package io.dbop.test.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Accepts connections at an address that stays the same while it is closed and opened.
 */
final class Listener {

	private static final int BIND_ATTEMPTS = 100;

	private static final long BIND_PAUSE_NANOS = 20_000_000;

	private final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find());

	private final Acceptor acceptor;

	private @Nullable ServerSocket socket;

	Listener(Acceptor acceptor) {
		this.acceptor = acceptor;
	}

	InetSocketAddress address() {
		return this.address;
	}

	synchronized void open() {
		if (this.socket == null) {
			try {
				ServerSocket opened = bind();
				this.socket = opened;
				Thread thread = new Thread(() -> acceptAll(opened), "wire-proxy-accept");
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/**
	 * The port of a listener that was closed a moment ago may still be held by the thread
	 * that was accepting.
	 */
	private ServerSocket bind() throws IOException {
		for (int attempt = 1;; attempt++) {
			ServerSocket opened = new ServerSocket();
			opened.setReuseAddress(true);
			try {
				opened.bind(this.address);
				return opened;
			}
			catch (BindException ex) {
				opened.close();
				if (attempt == BIND_ATTEMPTS) {
					throw ex;
				}
				LockSupport.parkNanos(BIND_PAUSE_NANOS);
			}
		}
	}

	synchronized void close() {
		if (this.socket != null) {
			try {
				this.socket.close();
				this.socket = null;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private void acceptAll(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				this.acceptor.accept(socket.accept(), socket::isClosed);
			}
			catch (IOException ex) {
				// Closed, or the client did not wait.
			}
		}
	}

	interface Acceptor {

		/**
		 * Take a connection.
		 * @param client the connection
		 * @param closed whether the listener has been closed since it came
		 * @throws IOException if the client is gone
		 */
		void accept(Socket client, BooleanSupplier closed) throws IOException;

	}

}

package io.dbop.test.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Accepts connections at an address that stays the same while it is closed and opened.
 */
final class Listener {

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
				ServerSocket opened = new ServerSocket();
				opened.setReuseAddress(true);
				opened.bind(this.address);
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

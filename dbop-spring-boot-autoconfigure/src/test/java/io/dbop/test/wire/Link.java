package io.dbop.test.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.dbop.test.wire.PlannedCuts.Plan;
import org.jspecify.annotations.Nullable;

/**
 * One proxied connection: two sockets, and a thread for each direction.
 */
final class Link {

	private static final int BUFFER_SIZE = 16 * 1024;

	private final AtomicBoolean open = new AtomicBoolean(true);

	private final Socket client;

	private final Socket server;

	private final WireProtocol.Session session;

	private final WireProxy proxy;

	private final AtomicBoolean requestPending = new AtomicBoolean();

	/** What waits for the answer of the server. */
	private final AtomicReference<@Nullable Plan> planned = new AtomicReference<>();

	Link(Socket client, Socket server, WireProtocol.Session session, WireProxy proxy) throws IOException {
		this.client = client;
		this.server = server;
		this.session = session;
		this.proxy = proxy;
		// What drivers set for themselves: without it a small write waits for an
		// acknowledgement that is delayed by 40 ms.
		client.setTcpNoDelay(true);
		server.setTcpNoDelay(true);
	}

	void start() {
		pump("client", this.client, this::toServer);
		pump("server", this.server, this::toClient);
	}

	private void pump(String from, Socket source, Forwarder forwarder) {
		Thread thread = new Thread(() -> {
			byte[] buffer = new byte[BUFFER_SIZE];
			try {
				InputStream in = source.getInputStream();
				for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
					this.proxy.gate().pass();
					forwarder.forward(buffer, length);
				}
			}
			catch (IOException ex) {
				// One side is gone; so is the other, then.
			}
			finally {
				close();
				giveBackPlan();
			}
		}, "wire-proxy-from-" + from);
		thread.setDaemon(true);
		thread.start();
	}

	private void toServer(byte[] buffer, int length) throws IOException {
		List<String> executed = this.session.executed(ByteBuffer.wrap(buffer, 0, length));
		@Nullable Plan plan = this.proxy.plannedCuts().claim(executed);
		if (plan != null && plan.point() == CutPoint.BEFORE_SERVER) {
			this.proxy.cut(this, plan);
			return;
		}
		if (plan != null && !this.planned.compareAndSet(null, plan)) {
			this.proxy.plannedCuts().giveBack(plan);
		}
		// All is noted before the bytes go, or the answer could come first.
		this.proxy.meter().toServer(length, executed);
		this.requestPending.set(true);
		ByteBuffer sent = this.proxy.slowBegins().apply(buffer, length);
		this.server.getOutputStream().write(sent.array(), sent.arrayOffset() + sent.position(), sent.remaining());
	}

	private void toClient(byte[] buffer, int length) throws IOException {
		Plan plan = this.planned.getAndSet(null);
		if (plan != null) {
			this.proxy.cut(this, plan);
			return;
		}
		this.proxy.meter().toClient(length, this.requestPending.getAndSet(false));
		this.client.getOutputStream().write(buffer, 0, length);
	}

	/** Somebody else has broken the connection, before the server could answer. */
	private void giveBackPlan() {
		Plan plan = this.planned.getAndSet(null);
		if (plan != null) {
			this.proxy.plannedCuts().giveBack(plan);
		}
	}

	boolean isOpen() {
		return this.open.get();
	}

	/**
	 * Close both sides.
	 * @return whether this call did it
	 */
	boolean close() {
		if (!this.open.compareAndSet(true, false)) {
			return false;
		}
		this.proxy.closed(this);
		closeQuietly(this.client);
		closeQuietly(this.server);
		return true;
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Closed enough.
		}
	}

	private interface Forwarder {

		void forward(byte[] buffer, int length) throws IOException;

	}

}

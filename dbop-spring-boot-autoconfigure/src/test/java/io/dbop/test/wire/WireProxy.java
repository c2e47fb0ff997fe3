package io.dbop.test.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.dbop.test.wire.PlannedCuts.Plan;

/**
 * A TCP proxy on loopback between a driver and its database server. It counts what goes
 * through, and fails in the ways networks and servers do:
 * <ul>
 * <li>{@link #cut()} breaks the open connections, {@link #down()} refuses new ones too;
 * <li>{@link #blackHole()} leaves them open with nothing coming through;
 * <li>{@link #slowNextBegin(Duration)} gives a cancel the time to hit a BEGIN;
 * <li>{@link #cutNextCommit(CutPoint)} breaks one connection at its COMMIT, after which
 * the client cannot know the outcome and the test does.
 * </ul>
 * Thread-safe. What was broken is counted, so that a test can tell that its fault really
 * happened.
 */
public final class WireProxy implements AutoCloseable {

	private static final Predicate<String> COMMIT = Pattern.compile("\\s*commit\\b.*", Pattern.CASE_INSENSITIVE)
		.asMatchPredicate();

	private final InetSocketAddress target;

	private final WireProtocol protocol;

	private final Meter meter = new Meter();

	private final Gate gate = new Gate();

	private final Gate entrance = new Gate();

	private final PlannedCuts plannedCuts = new PlannedCuts();

	private final SlowBegins slowBegins = new SlowBegins();

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private final Map<CutPoint, Integer> statementCuts = new EnumMap<>(CutPoint.class);

	private final Listener listener = new Listener(this::connect);

	private int connectionCuts;

	private WireProxy(InetSocketAddress target, WireProtocol protocol) {
		this.target = target;
		this.protocol = protocol;
	}

	/**
	 * Start a proxy.
	 * @param host the host of the server
	 * @param port the port of the server
	 * @param protocol what is spoken
	 * @return a proxy that accepts connections
	 */
	public static WireProxy to(String host, int port, WireProtocol protocol) {
		WireProxy proxy = new WireProxy(new InetSocketAddress(host, port), protocol);
		proxy.up();
		return proxy;
	}

	/**
	 * The address to which clients connect.
	 * @return a loopback address
	 */
	public InetSocketAddress address() {
		return this.listener.address();
	}

	/**
	 * Everything that went through up to now.
	 * @return a snapshot
	 */
	public Traffic traffic() {
		return this.meter.read();
	}

	/**
	 * What goes through while an action runs.
	 * @param action the action
	 * @param <X> what the action throws
	 * @return the traffic that the action caused
	 * @throws X if the action fails
	 */
	public <X extends Exception> Traffic trafficOf(Action<X> action) throws X {
		Traffic before = traffic();
		action.run();
		return traffic().since(before);
	}

	/**
	 * When somebody connected, as of {@link System#nanoTime()}, in order. Whether the
	 * server was there does not matter; while the proxy is {@linkplain #down() down}
	 * nobody gets as far as this.
	 * @return the times
	 */
	public List<Long> connectAttempts() {
		return this.meter.attempts();
	}

	/**
	 * How many connections are open.
	 * @return the number of connections
	 */
	public int openConnections() {
		return this.links.size();
	}

	/**
	 * Break all open connections; new ones are accepted.
	 * @return how many were broken
	 */
	public int cut() {
		int cut = (int) this.links.stream().filter(Link::close).count();
		synchronized (this) {
			this.connectionCuts += cut;
		}
		return cut;
	}

	/**
	 * Break the connection on which the next COMMIT comes.
	 * @param point whether that COMMIT takes effect
	 */
	public void cutNextCommit(CutPoint point) {
		cutNext(COMMIT, point);
	}

	/**
	 * Break the connection on which the next statement of a kind comes. Called several
	 * times, as many connections are broken.
	 * @param statement the kind of statement
	 * @param point whether that statement takes effect
	 */
	public void cutNext(Predicate<String> statement, CutPoint point) {
		this.plannedCuts.add(statement, point);
	}

	/**
	 * Make the next BEGIN on a PostgreSQL server last, and nothing of what is sent along
	 * with it. Called several times, as many are made to last.
	 * @param duration how long it lasts unless it is cancelled
	 */
	public void slowNextBegin(Duration duration) {
		this.slowBegins.add(duration);
	}

	/**
	 * How many BEGINs were made to last.
	 * @return the number of those that {@link #slowNextBegin} was called for and came
	 */
	public int slowBegun() {
		return this.slowBegins.begun();
	}

	/**
	 * How many connections {@link #cut()} and {@link #down()} broke.
	 * @return the number of connections
	 */
	public synchronized int connectionCuts() {
		return this.connectionCuts;
	}

	/**
	 * How many connections were broken at a statement.
	 * @param point the moment
	 * @return the number of connections, each broken once
	 */
	public synchronized int statementCuts(CutPoint point) {
		return this.statementCuts.getOrDefault(point, 0);
	}

	/**
	 * Hold everything back, in both directions and without an error. New connections are
	 * accepted, as a kernel does whose server hangs, and get no greeting.
	 */
	public void blackHole() {
		this.gate.close();
	}

	/**
	 * Let those work on who are connected, and be a {@linkplain #blackHole() black hole}
	 * for those who connect from now on.
	 */
	public void blackHoleForNewcomers() {
		this.entrance.close();
	}

	/**
	 * Undo {@link #blackHole()} and {@link #blackHoleForNewcomers()}. What was held back
	 * is delivered, as by a retransmission.
	 */
	public void heal() {
		this.entrance.open();
		this.gate.open();
	}

	/**
	 * Behave as a server that is gone: break all connections and refuse new ones.
	 */
	public void down() {
		this.listener.close();
		cut();
	}

	/**
	 * Accept connections again, at the same address.
	 */
	public void up() {
		this.listener.open();
	}

	@Override
	public void close() {
		this.listener.close();
		// First this: what a black hole has held back does not get through any more.
		this.links.forEach(Link::close);
		this.entrance.release();
		this.gate.release();
	}

	Meter meter() {
		return this.meter;
	}

	Gate gate() {
		return this.gate;
	}

	PlannedCuts plannedCuts() {
		return this.plannedCuts;
	}

	SlowBegins slowBegins() {
		return this.slowBegins;
	}

	/** Counted before the client can notice. */
	void cut(Link link, Plan plan) {
		synchronized (this) {
			if (link.isOpen()) {
				this.statementCuts.merge(plan.point(), 1, Integer::sum);
				link.close();
				return;
			}
		}
		this.plannedCuts.giveBack(plan);
	}

	void closed(Link link) {
		this.links.remove(link);
	}

	private void connect(Socket client, BooleanSupplier closed) throws IOException {
		Socket server = new Socket();
		this.meter.attempted();
		try {
			this.entrance.pass();
			this.gate.pass();
			server.connect(this.target);
			Link link = new Link(client, server, this.protocol.newSession(), this);
			this.meter.connected();
			this.links.add(link);
			link.start();
			if (closed.getAsBoolean()) {
				link.close();
			}
		}
		catch (IOException ex) {
			client.close();
			server.close();
		}
	}

	/**
	 * Something that talks to the server.
	 *
	 * @param <X> what it throws
	 */
	@FunctionalInterface
	public interface Action<X extends Exception> {

		/**
		 * Do it.
		 * @throws X if it fails
		 */
		void run() throws X;

	}

}

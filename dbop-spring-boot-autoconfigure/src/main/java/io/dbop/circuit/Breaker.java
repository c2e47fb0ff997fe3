package io.dbop.circuit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker: refuses calls to a database that keeps failing, and finds out when
 * it is back. A call {@linkplain #enter() enters} and afterwards reports exactly one
 * outcome with the pass it was given. Which failures speak of the database's health is
 * the caller's decision.
 * <p>
 * Thread-safe. A closed breaker takes no lock for calls that succeed.
 */
public final class Breaker {

	private static final Log logger = LogFactory.getLog(Breaker.class);

	private final String name;

	private final String alias;

	private final BreakerSettings settings;

	private final List<BreakerListener> listeners;

	private final Circuit circuit;

	private volatile @Nullable BreakerFailure lastFailure;

	private final LongAdder refused = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final Map<BreakerState, LongAdder> changes = new EnumMap<>(BreakerState.class);

	Breaker(String name, String alias, BreakerSettings settings, Machines machines, Time time,
			List<BreakerListener> listeners) {
		this.name = name;
		this.alias = alias;
		this.settings = settings;
		this.listeners = listeners;
		for (BreakerState state : BreakerState.values()) {
			this.changes.put(state, new LongAdder());
		}
		FailureWindow failures = new FailureWindow(settings.failureThreshold(), settings.window());
		CircuitBreaker machine = machines.create(name, alias, settings, failures, time);
		this.circuit = new Circuit(machine, failures, machines.watched(), settings, time,
				new StateChanges(this::stateChanged));
		this.circuit.followMachine();
	}

	/**
	 * The name of the breaker, for the default one of a database its alias.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The alias of the database that it guards.
	 * @return the alias
	 */
	public String alias() {
		return this.alias;
	}

	/**
	 * When it opens and how it recovers.
	 * @return the settings
	 */
	public BreakerSettings settings() {
		return this.settings;
	}

	/**
	 * What it does with calls at this moment.
	 * @return the state
	 */
	public BreakerState state() {
		return this.circuit.current().state;
	}

	/**
	 * Lets a call through or refuses it at once, without waiting and without touching the
	 * database or its pool.
	 * @return what the call has to report its outcome with
	 * @throws CircuitOpenException if the breaker is open, or half-open with all its
	 * probes under way
	 */
	public Pass enter() {
		Pass pass = this.circuit.current();
		return (pass.letsAllThrough()) ? pass : enterGuarded();
	}

	private Pass enterGuarded() {
		Pass pass = this.circuit.tryEnter();
		if (pass == null) {
			this.refused.increment();
			throw refusal();
		}
		return pass;
	}

	private CircuitOpenException refusal() {
		return switch (state()) {
			case OPEN -> CircuitOpenException.open(this.alias, this.name, remaining());
			case FORCED_OPEN -> CircuitOpenException.forced(this.alias, this.name);
			case HALF_OPEN, CLOSED, DISABLED -> CircuitOpenException.probing(this.alias, this.name);
		};
	}

	/**
	 * The call has succeeded. A half-open breaker closes when all its probes have.
	 * @param pass what the call got when it entered
	 */
	public void succeeded(Pass pass) {
		this.circuit.succeeded(pass);
	}

	/**
	 * The call has failed in a way that speaks of the database's health. Enough of these
	 * open a closed breaker, one of a probe opens a half-open one again.
	 * @param pass what the call got when it entered
	 * @param failure the failure
	 */
	public void failed(Pass pass, Throwable failure) {
		this.failed.increment();
		this.lastFailure = BreakerFailure.of(failure);
		this.circuit.failed(pass, failure);
	}

	/**
	 * The call has ended in a way that says nothing of the database's health, such as a
	 * business exception. If it was a probe, another call may be one in its place.
	 * @param pass what the call got when it entered
	 */
	public void ignored(Pass pass) {
		this.circuit.ignored(pass);
	}

	/**
	 * Closes the breaker by hand and forgets the failures so far. Calls under way no
	 * longer count.
	 */
	public void reset() {
		this.lastFailure = null;
		this.circuit.reset();
	}

	/**
	 * What can be told of it at this moment.
	 * @return the status
	 */
	public BreakerStatus status() {
		Pass pass = this.circuit.current();
		boolean open = pass.state == BreakerState.OPEN || pass.state == BreakerState.FORCED_OPEN;
		return new BreakerStatus(this.name, this.alias, pass.state, this.circuit.failures(), open ? pass.since : null,
				remaining().toMillis(), this.refused.sum(), changes(BreakerState.OPEN), this.lastFailure);
	}

	/**
	 * How many attempts failed in a way that speaks of the database's health.
	 * @return the number since the start
	 */
	public long failed() {
		return this.failed.sum();
	}

	/**
	 * How often the breaker went into a state.
	 * @param state the state
	 * @return the number since the start
	 */
	public long changes(BreakerState state) {
		return changesTo(state).sum();
	}

	private LongAdder changesTo(BreakerState state) {
		return Objects.requireNonNull(this.changes.get(state));
	}

	/**
	 * The database was seen to answer: an open breaker lets its probes through now.
	 */
	void databaseAnswered() {
		this.circuit.databaseAnswered();
	}

	private Duration remaining() {
		return Duration.ofNanos(Math.max(0, this.circuit.remainingNanos()));
	}

	private void stateChanged(BreakerState from, BreakerState to) {
		changesTo(to).increment();
		for (BreakerListener listener : this.listeners) {
			try {
				listener.stateChanged(this, from, to);
			}
			catch (RuntimeException ex) {
				logger.warn("A listener failed when circuit breaker '%s' of database '%s' went from %s to %s"
					.formatted(this.name, this.alias, from, to), ex);
			}
		}
	}

	@Override
	public String toString() {
		return "Breaker[" + this.name + " of " + this.alias + ", " + state() + "]";
	}

}

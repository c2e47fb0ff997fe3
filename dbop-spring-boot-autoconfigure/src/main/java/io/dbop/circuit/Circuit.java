package io.dbop.circuit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/**
 * Resilience4j's state machine behind one lock. The lock makes "take a permission and see
 * in which round" and "see whether the round is still the same and report to it" one step
 * each, which the machine alone does not offer. Calls that pass a closed circuit, or are
 * refused by an open one, take no lock: they look at the current {@link Pass}.
 * <p>
 * Where others watch the machine it hears of every success and refusal too, under the
 * lock.
 */
final class Circuit {

	private final CircuitBreaker machine;

	private final FailureWindow failures;

	private final boolean watched;

	private final Time time;

	private final long recoveryNanos;

	private final StateChanges changes;

	private final ReentrantLock lock = new ReentrantLock();

	private long lastProbeNanos;

	private volatile Pass current;

	Circuit(CircuitBreaker machine, FailureWindow failures, boolean watched, BreakerSettings settings, Time time,
			StateChanges changes) {
		this.machine = machine;
		this.failures = failures;
		this.watched = watched;
		this.time = time;
		this.recoveryNanos = settings.recoveryTimeout().toNanos();
		this.changes = changes;
		this.current = new Pass(BreakerState.CLOSED, time.wall().instant(), time.now());
	}

	/**
	 * Follows what others do to the machine by hand, such as forcing it open.
	 */
	void followMachine() {
		this.machine.getEventPublisher().onStateTransition((event) -> {
			this.lock.lock();
			unlock();
		}).onReset((event) -> {
			this.lock.lock();
			try {
				startPeriod(stateOfMachine());
			}
			finally {
				unlock();
			}
		});
	}

	Pass current() {
		return this.current;
	}

	/**
	 * Asks for a pass where {@link #current()} does not let all calls through.
	 * @return the pass, {@code null} if the call is refused
	 */
	@Nullable Pass tryEnter() {
		if (!this.watched && remainingNanos() > 0) {
			return null;
		}
		this.lock.lock();
		try {
			boolean permitted = this.machine.tryAcquirePermission();
			follow();
			if (permitted) {
				this.lastProbeNanos = this.time.now();
				return this.current;
			}
			reopenIfProbesAreLost();
			return null;
		}
		finally {
			unlock();
		}
	}

	/**
	 * Probes that report nothing for a whole recovery timeout would keep the circuit
	 * half-open, and refusing, for good.
	 */
	private void reopenIfProbesAreLost() {
		if (this.current.isProbe() && this.time.now() - this.lastProbeNanos >= this.recoveryNanos) {
			this.machine.transitionToOpenState();
		}
	}

	void succeeded(Pass pass) {
		if (!this.watched && !pass.isProbe()) {
			return;
		}
		this.lock.lock();
		try {
			if (pass == this.current) {
				this.machine.onSuccess(0, TimeUnit.NANOSECONDS);
			}
		}
		finally {
			unlock();
		}
	}

	void failed(Pass pass, Throwable failure) {
		this.lock.lock();
		try {
			if (pass == this.current) {
				this.machine.onError(0, TimeUnit.NANOSECONDS, failure);
				if (pass.isProbe() && this.machine.getState() == CircuitBreaker.State.HALF_OPEN) {
					this.machine.transitionToOpenState();
				}
			}
		}
		finally {
			unlock();
		}
	}

	void ignored(Pass pass) {
		if (!pass.isProbe()) {
			return;
		}
		this.lock.lock();
		try {
			if (pass == this.current) {
				this.machine.releasePermission();
			}
		}
		finally {
			unlock();
		}
	}

	void databaseAnswered() {
		this.lock.lock();
		try {
			if (this.machine.getState() == CircuitBreaker.State.OPEN) {
				this.machine.transitionToHalfOpenState();
			}
		}
		finally {
			unlock();
		}
	}

	void reset() {
		this.lock.lock();
		try {
			this.machine.reset();
		}
		finally {
			unlock();
		}
	}

	int failures() {
		return this.failures.count(this.time.now());
	}

	/**
	 * How long the circuit stays open unless the database answers before.
	 * @return the nanoseconds, 0 or less if calls may pass or are probing
	 */
	long remainingNanos() {
		Pass pass = this.current;
		return (pass.state == BreakerState.OPEN) ? this.recoveryNanos - (this.time.now() - pass.sinceNanos) : 0;
	}

	private void unlock() {
		try {
			follow();
		}
		finally {
			this.lock.unlock();
		}
		if (!this.lock.isHeldByCurrentThread()) {
			this.changes.deliver();
		}
	}

	private void follow() {
		BreakerState state = stateOfMachine();
		if (state != this.current.state) {
			startPeriod(state);
		}
	}

	private void startPeriod(BreakerState state) {
		BreakerState before = this.current.state;
		long now = this.time.now();
		this.lastProbeNanos = now;
		if (state == BreakerState.CLOSED) {
			this.failures.clear();
		}
		this.current = new Pass(state, this.time.wall().instant(), now);
		if (state != before) {
			this.changes.note(before, state);
		}
	}

	private BreakerState stateOfMachine() {
		return switch (this.machine.getState()) {
			case CLOSED -> BreakerState.CLOSED;
			case OPEN -> BreakerState.OPEN;
			case HALF_OPEN -> BreakerState.HALF_OPEN;
			case FORCED_OPEN -> BreakerState.FORCED_OPEN;
			case DISABLED, METRICS_ONLY -> BreakerState.DISABLED;
		};
	}

}

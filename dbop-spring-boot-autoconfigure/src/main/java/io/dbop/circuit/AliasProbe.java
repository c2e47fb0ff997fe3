package io.dbop.circuit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The background probe of one alias: while breakers of the alias are open it checks the
 * database again and again, one check at a time, and tells them when it answers. Rests
 * while none is open. The time between two checks is that of the most impatient breaker.
 * <p>
 * A breaker whose own probes have just failed is told only if a check has failed since:
 * otherwise a database that accepts connections and answers no query would be let loose
 * on callers again and again.
 */
final class AliasProbe {

	private static final Log logger = LogFactory.getLog(AliasProbe.class);

	private final String alias;

	private final HealthProbe probe;

	private final ProbeThreads threads;

	private final Time time;

	private final ReentrantLock lock = new ReentrantLock();

	/** The open breakers, and whether a successful check is news to them. */
	private final Map<Breaker, Boolean> open = new LinkedHashMap<>();

	private boolean active;

	private boolean closed;

	AliasProbe(String alias, HealthProbe probe, ProbeThreads threads, Time time) {
		this.alias = alias;
		this.probe = probe;
		this.threads = threads;
		this.time = time;
	}

	/**
	 * Looks after a breaker until it is no longer open.
	 * @param breaker the breaker that has opened
	 * @param from the state that it was in before
	 */
	void opened(Breaker breaker, BreakerState from) {
		this.lock.lock();
		try {
			this.open.put(breaker, from != BreakerState.HALF_OPEN);
			if (!this.active) {
				scheduleNext(Duration.ZERO);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.open.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Under the lock. */
	private void scheduleNext(Duration spent) {
		this.open.keySet().removeIf((breaker) -> breaker.state() != BreakerState.OPEN);
		this.active = !this.closed && !this.open.isEmpty();
		if (this.active) {
			Duration wait = interval().minus(spent);
			this.threads.later(wait.isNegative() ? Duration.ZERO : wait, this::startCheck);
		}
	}

	private Duration interval() {
		return this.open.keySet()
			.stream()
			.map((breaker) -> breaker.settings().probeInterval())
			.min(Duration::compareTo)
			.orElseThrow();
	}

	private void startCheck() {
		if (isWanted()) {
			try {
				this.threads.start(this.alias, this::check);
			}
			catch (OutOfMemoryError ex) {
				// No thread to be had: that ends this check, not the probing.
				logger.debug("No thread for the probe of database '" + this.alias + "'", ex);
				finish(Duration.ZERO);
			}
		}
	}

	private boolean isWanted() {
		this.lock.lock();
		try {
			this.open.keySet().removeIf((breaker) -> breaker.state() != BreakerState.OPEN);
			this.active = !this.closed && !this.open.isEmpty();
			return this.active;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void check() {
		long start = this.time.now();
		try {
			this.probe.check();
			if (!answered().isEmpty()) {
				this.probe.revive();
			}
			// Others now: that may have taken its time.
			answered().forEach(Breaker::databaseAnswered);
		}
		catch (Exception ex) {
			logger.debug("Database '" + this.alias + "' does not answer yet", ex);
			failed();
		}
		finally {
			finish(Duration.ofNanos(this.time.now() - start));
		}
	}

	private Collection<Breaker> answered() {
		this.lock.lock();
		try {
			List<Breaker> told = new ArrayList<>();
			this.open.forEach((breaker, news) -> {
				if (news) {
					told.add(breaker);
				}
			});
			return told;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failed() {
		this.lock.lock();
		try {
			this.open.replaceAll((breaker, news) -> true);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void finish(Duration spent) {
		this.lock.lock();
		try {
			scheduleNext(spent);
		}
		finally {
			this.lock.unlock();
		}
	}

}

package io.dbop.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.AliasContext;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches databases: takes their figures every few seconds, on one thread of its own, and
 * says what they mean. Callers of a database pay nothing for it. Thread-safe.
 */
public final class DatabaseAdvisor {

	private static final Logger logger = LoggerFactory.getLogger("io.dbop.advice");

	private final Map<String, WatchedDatabase> databases = new ConcurrentHashMap<>();

	private final BreakerRegistry breakers;

	private final Rules rules;

	private final AdvisorSettings settings;

	private final Consumer<LevelChange> listener;

	private volatile @Nullable ExecutorService asking;

	private @Nullable ScheduledExecutorService clock;

	/**
	 * Creates an advisor.
	 * @param breakers the circuit breakers of the databases
	 * @param rules the application's own, asked after those of dbop
	 * @param settings how often to look, and whether to ask servers
	 * @param listener told of every change of level
	 */
	public DatabaseAdvisor(BreakerRegistry breakers, List<AdviceRule> rules, AdvisorSettings settings,
			Consumer<LevelChange> listener) {
		this.breakers = breakers;
		this.rules = new Rules(rules);
		this.settings = settings;
		this.listener = listener;
	}

	/**
	 * Watches a pool, in place of an earlier one of its alias.
	 * @param pool the pool
	 */
	public void watch(ConnectionPool pool) {
		this.databases.compute(pool.alias(),
				(alias, present) -> (present != null && present.pool() == pool) ? present : watched(pool));
	}

	/**
	 * Watches the operations of a database as well.
	 * @param engine the engine of the database
	 */
	public void watch(DatabaseEngine engine) {
		watch(engine.pool());
		WatchedDatabase database = this.databases.get(engine.alias());
		if (database != null) {
			database.engine(engine);
		}
	}

	private WatchedDatabase watched(ConnectionPool pool) {
		return new WatchedDatabase(pool, this.rules,
				(alias) -> this.breakers.all()
					.stream()
					.filter((each) -> each.alias().equals(alias))
					.map(Breaker::status)
					.toList(),
				this.settings.askServer() ? this::ask : null);
	}

	/**
	 * What there is to say of a database now. Asks the database nothing.
	 * @param alias its alias
	 * @return the report, or {@code null} if there is no such database, or nobody has
	 * used it so far
	 */
	public @Nullable Report report(String alias) {
		WatchedDatabase database = this.databases.get(alias);
		return (database != null) ? database.report() : null;
	}

	/**
	 * What happened between each two looks of the last quarter of an hour.
	 * @param alias the alias of a database
	 * @return the steps, the oldest first
	 */
	public List<Step> steps(String alias) {
		WatchedDatabase database = this.databases.get(alias);
		return (database != null) ? database.steps() : List.of();
	}

	/**
	 * How often the databases are looked at.
	 * @return the time between two looks
	 */
	public Duration interval() {
		return this.settings.interval();
	}

	/**
	 * Begins to look.
	 */
	public synchronized void start() {
		if (this.clock == null) {
			this.asking = Executors.newCachedThreadPool(daemons("dbop-server-connections"));
			long period = this.settings.interval().toNanos();
			this.clock = Executors.newSingleThreadScheduledExecutor(daemons("dbop-advice"));
			this.clock.scheduleAtFixedRate(this::look, period, period, TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * Looks no more. What was remembered stays.
	 */
	public synchronized void stop() {
		if (this.clock != null) {
			this.clock.shutdownNow();
			this.clock = null;
			ExecutorService asked = this.asking;
			this.asking = null;
			if (asked != null) {
				asked.shutdownNow();
			}
		}
	}

	private void ask(Runnable question) {
		ExecutorService open = this.asking;
		if (open == null) {
			throw new RejectedExecutionException("Stopped");
		}
		open.execute(question);
	}

	/**
	 * Whether it looks.
	 * @return whether it was started and not stopped
	 */
	public synchronized boolean running() {
		return this.clock != null;
	}

	private void look() {
		this.databases.values().removeIf((each) -> each.pool().closed());
		for (WatchedDatabase each : this.databases.values()) {
			try {
				LevelChange change = each.look();
				if (change != null) {
					tell(change);
				}
			}
			catch (RuntimeException | LinkageError | AssertionError ex) {
				// Thrown on, it would end all looks at all databases, unseen.
				logger.warn("Database '{}' could not be looked at; it is tried again", each.pool().alias(), ex);
			}
		}
	}

	private void tell(LevelChange change) {
		Report report = change.report();
		AliasContext.log(change.alias(), () -> {
			String text = "Advice on database '{}' went from {} to {}: {} {}";
			Object[] arguments = { change.alias(), change.from(), change.to(), report.headline(),
					report.advice().get(0).action() };
			if (change.to().compareTo(AdviceLevel.WARNING) >= 0) {
				logger.warn(text, arguments);
			}
			else {
				logger.info(text, arguments);
			}
		});
		this.listener.accept(change);
	}

	private static ThreadFactory daemons(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

}

package io.dbop.pool;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pools of the application, by alias. Thread-safe.
 */
public final class PoolRegistry {

	private static final Logger logger = LoggerFactory.getLogger(PoolRegistry.class);

	private final Map<String, ConnectionPool> pools = new ConcurrentHashMap<>();

	private final List<Consumer<ConnectionPool>> observers = new CopyOnWriteArrayList<>();

	/**
	 * Adds a pool.
	 * @param pool the pool
	 * @throws IllegalStateException if another pool has its alias
	 */
	public void register(ConnectionPool pool) {
		ConnectionPool present = this.pools.putIfAbsent(pool.alias(), pool);
		if (present != null && present != pool) {
			throw new IllegalStateException("There is a pool of alias '%s' already".formatted(pool.alias()));
		}
		if (present == null) {
			this.observers.forEach((observer) -> observer.accept(pool));
		}
	}

	/**
	 * Tells of every pool, those there are and those to come. Whoever is told must not
	 * take long: an application may be starting.
	 * @param observer told of each when it is added
	 */
	public void onPool(Consumer<ConnectionPool> observer) {
		this.observers.add(observer);
		this.pools.values().forEach(observer);
	}

	/**
	 * The pool of an alias.
	 * @param alias the alias
	 * @return the pool, or {@code null} if there is none
	 */
	public @Nullable ConnectionPool find(String alias) {
		return this.pools.get(alias);
	}

	/**
	 * The pool behind a data source, through whatever wrappers there are.
	 * @param dataSource a data source
	 * @return the pool, or {@code null} if there is none
	 */
	public @Nullable ConnectionPool find(DataSource dataSource) {
		DataSource target = ConnectionPool.unwrapped(dataSource);
		for (ConnectionPool pool : this.pools.values()) {
			if (pool.target() == target) {
				return pool;
			}
		}
		return null;
	}

	/**
	 * The pools of a configuration: several aliases may share one.
	 * @param hash a {@link DatabaseConfig#hash()}
	 * @return the pools
	 */
	public List<ConnectionPool> findByHash(String hash) {
		return this.pools.values().stream().filter((pool) -> hash.equals(hash(pool))).toList();
	}

	/**
	 * All pools.
	 * @return the pools, in no particular order
	 */
	public Collection<ConnectionPool> all() {
		return List.copyOf(this.pools.values());
	}

	/**
	 * Closes the pool of an alias and forgets it.
	 * @param alias the alias
	 * @param grace how long running work may go on
	 * @return whether there was one
	 */
	public boolean close(String alias, Duration grace) {
		ConnectionPool pool = this.pools.remove(alias);
		if (pool != null) {
			pool.close(grace);
		}
		return pool != null;
	}

	/**
	 * Closes the pools of a configuration and forgets them.
	 * @param hash a {@link DatabaseConfig#hash()}
	 * @param grace how long running work may go on, in total
	 * @return how many there were
	 */
	public int closeByHash(String hash, Duration grace) {
		List<ConnectionPool> found = findByHash(hash);
		closeTogether(found, grace);
		return found.size();
	}

	/**
	 * Closes the pools of several aliases and forgets them. None takes new work while
	 * another is waited for.
	 * @param aliases the aliases
	 * @param grace how long running work may go on, in total
	 */
	public void closeAll(Collection<String> aliases, Duration grace) {
		closeTogether(all().stream().filter((pool) -> aliases.contains(pool.alias())).toList(), grace);
	}

	/**
	 * Closes all pools and forgets them.
	 * @param grace how long running work may go on, in total
	 */
	public void closeAll(Duration grace) {
		closeTogether(all(), grace);
	}

	/**
	 * Brings the work on all pools to its end before they are closed. A pool of our own
	 * takes new work only of threads that are at work on any pool, and of the calling
	 * one, so that whatever it takes down can say goodbye; after the grace the
	 * connections of work that still runs are broken. An adopted pool is its owner's to
	 * close: running work is waited for, and that is all.
	 * @param grace how long running work may go on, in total
	 */
	public void quiesce(Duration grace) {
		long deadline = System.nanoTime() + grace.toNanos();
		Thread closing = Thread.currentThread();
		List<ConnectionPool> own = all().stream().filter((pool) -> pool.config() != null).toList();
		own.forEach((pool) -> pool.ending().refuse((thread) -> thread == closing || busy(thread)));
		Ending.await(() -> own.stream().anyMatch((pool) -> pool.ending().busy()), deadline);
		all().stream().filter((pool) -> pool.config() == null).forEach((pool) -> pool.ending().awaitRunning(deadline));
		own.forEach(PoolRegistry::abandon);
	}

	/**
	 * Lets pools take new work again after {@link #quiesce}.
	 */
	public void resume() {
		all().forEach((pool) -> pool.ending().revoke());
	}

	private boolean busy(Thread thread) {
		return this.pools.values().stream().anyMatch((pool) -> pool.ending().busy(thread));
	}

	private static void abandon(ConnectionPool pool) {
		int abandoned = pool.ending().abandon();
		if (abandoned > 0) {
			logger.warn("The work on {} connection(s) of database '{}' did not end within the grace of the shutdown:"
					+ " it is rolled back. Allow more time (spring.lifecycle.timeout-per-shutdown-phase), or make it"
					+ " quicker.", abandoned, pool.alias());
		}
	}

	/** None takes new work while another is waited for. */
	private void closeTogether(Collection<ConnectionPool> found, Duration grace) {
		found.forEach((pool) -> this.pools.remove(pool.alias(), pool));
		found.forEach((pool) -> pool.ending().refuseAll());
		long deadline = System.nanoTime() + grace.toNanos();
		found.forEach((pool) -> pool.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
	}

	private static @Nullable String hash(ConnectionPool pool) {
		DatabaseConfig config = pool.config();
		return (config != null) ? Objects.requireNonNull(config.hash()) : null;
	}

}

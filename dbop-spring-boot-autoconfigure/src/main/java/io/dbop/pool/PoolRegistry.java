package io.dbop.pool;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * The pools of the application, by alias: how they are, who holds their connections, and
 * how they are closed. Of some of them, as of those {@linkplain #findByHash(String) of a
 * configuration}, each pool tells by itself. Thread-safe.
 */
public final class PoolRegistry {

	private final Map<String, ConnectionPool> pools = new ConcurrentHashMap<>();

	private final List<Consumer<ConnectionPool>> observers = new CopyOnWriteArrayList<>();

	private final Shutdown shutdown = new Shutdown(this.pools::values);

	private final LeakDetection leakDetection;

	/**
	 * Creates a registry with the defaults of leak detection.
	 */
	public PoolRegistry() {
		this(LeakDetection.defaults());
	}

	/**
	 * Creates a registry.
	 * @param leakDetection when its pools take a connection for forgotten
	 */
	public PoolRegistry(LeakDetection leakDetection) {
		this.leakDetection = Given.present("leakDetection", leakDetection);
	}

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
			pool.acquisition().leaks().detection(this.leakDetection);
			this.shutdown.joined(pool);
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
		return this.pools.get(Given.present("alias", alias));
	}

	/**
	 * The pool of an alias.
	 * @param alias the alias
	 * @return the pool
	 * @throws IllegalArgumentException if there is none, or nobody has used it so far;
	 * the message lists those there are
	 */
	public ConnectionPool get(String alias) {
		ConnectionPool pool = find(alias);
		if (pool == null) {
			throw new IllegalArgumentException("There is no pool of alias '%s'. Pools that are open: %s".formatted(
					alias, this.pools.isEmpty() ? "none" : String.join(", ", new TreeSet<>(this.pools.keySet()))));
		}
		return pool;
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
	 * The state of all pools now.
	 * @return the states by alias
	 */
	public Map<String, PoolStatus> status() {
		return ofEach(ConnectionPool::status);
	}

	/**
	 * What the callers of all pools met with.
	 * @return live counters by alias
	 */
	public Map<String, PoolStatistics> statistics() {
		return ofEach(ConnectionPool::statistics);
	}

	/**
	 * Finds out which databases answer, asking all at the same time. One that hangs takes
	 * up one thread, however often it is asked.
	 * @param limit how long to wait for the answers, in total
	 * @return the answers by alias
	 */
	public Map<String, PoolHealth> health(Duration limit) {
		Given.positive("limit", limit);
		long deadline = System.nanoTime() + limit.toNanos();
		Map<String, HealthCheck.Running> checks = ofEach(ConnectionPool::checkHealth);
		Map<String, PoolHealth> answers = new TreeMap<>();
		checks.forEach((alias, check) -> answers.put(alias, check.await(deadline)));
		return answers;
	}

	/**
	 * Who has held a connection for so long that it may have been forgotten. Nothing is
	 * taken from anyone.
	 * @param threshold for how long
	 * @return the holders by alias, the longest first; without the aliases that have none
	 */
	public Map<String, List<Holder>> leaks(Duration threshold) {
		Given.notNegative("threshold", threshold);
		Map<String, List<Holder>> leaks = ofEach((pool) -> pool.activity().leaks(threshold));
		leaks.values().removeIf(List::isEmpty);
		return leaks;
	}

	private <T> Map<String, T> ofEach(Function<ConnectionPool, T> question) {
		Map<String, T> answers = new TreeMap<>();
		this.pools.forEach((alias, pool) -> answers.put(alias, question.apply(pool)));
		return answers;
	}

	/**
	 * Closes the pool of an alias and forgets it.
	 * @param alias the alias
	 * @param grace how long running work may go on
	 * @return whether there was one
	 */
	public boolean close(String alias, Duration grace) {
		Given.notNegative("grace", grace);
		ConnectionPool pool = this.pools.remove(Given.present("alias", alias));
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
		List<ConnectionPool> found = findByHash(Given.present("hash", hash));
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
		this.shutdown.quiesce(grace);
	}

	/**
	 * Lets pools take new work again after {@link #quiesce}.
	 */
	public void resume() {
		this.shutdown.resume();
	}

	private void closeTogether(Collection<ConnectionPool> found, Duration grace) {
		Given.notNegative("grace", grace);
		found.forEach((pool) -> this.pools.remove(pool.alias(), pool));
		Shutdown.close(found, grace);
	}

	private static @Nullable String hash(ConnectionPool pool) {
		DatabaseConfig config = pool.config();
		return (config != null) ? Objects.requireNonNull(config.hash()) : null;
	}

}

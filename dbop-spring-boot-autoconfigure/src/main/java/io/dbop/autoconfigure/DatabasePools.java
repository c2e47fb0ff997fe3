package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import javax.sql.DataSource;

import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.replica.ReplicaSet;
import io.dbop.replica.ReplicatedDataSource;
import io.dbop.replica.Replicas;

import org.springframework.beans.factory.DisposableBean;

/**
 * Opens the pools of the configured databases, all that the start needs at the same time,
 * and closes them when everything that depends on them is gone. Thread-safe.
 */
class DatabasePools implements DisposableBean {

	static final String BEAN_NAME = "dbopDatabasePools";

	private final Map<String, CompletableFuture<ConnectionPool>> pools = new ConcurrentHashMap<>();

	/** Of those databases that have replicas. */
	private final Map<String, ReplicaSet> sets = new ConcurrentHashMap<>();

	private final PoolPlans plans;

	private final PoolRegistry registry;

	private final Replicas replicas;

	private final Function<ConnectionPool, DataSource> shown;

	private volatile boolean closed;

	/**
	 * Creates the opener.
	 * @param plans what to open
	 * @param registry where opened pools are entered
	 * @param replicas where their replicas are entered
	 * @param shown what the application gets of a pool
	 */
	DatabasePools(PoolPlans plans, PoolRegistry registry, Replicas replicas,
			Function<ConnectionPool, DataSource> shown) {
		this.plans = plans;
		this.registry = registry;
		this.replicas = replicas;
		this.shown = shown;
	}

	/**
	 * The DataSource of an alias, the factory method of its bean.
	 */
	DataSource dataSource(String alias) {
		boolean first = this.pools.isEmpty();
		CompletableFuture<ConnectionPool> pool = open(alias);
		if (first) {
			this.plans.eager().stream().forEach(this::open);
		}
		DataSource primary = this.shown.apply(await(pool));
		ReplicaSet reads = this.sets.get(alias);
		return (reads != null) ? new ReplicatedDataSource(primary, await(pool).commitsEach(), reads) : primary;
	}

	private CompletableFuture<ConnectionPool> open(String alias) {
		CompletableFuture<ConnectionPool> known = this.pools.get(alias);
		if (known != null) {
			return known;
		}
		// Looks up beans, which is for the thread that creates beans alone.
		PoolPlan plan = this.plans.plan(alias);
		CompletableFuture<ConnectionPool> pool = new CompletableFuture<>();
		CompletableFuture<ConnectionPool> earlier = this.pools.putIfAbsent(alias, pool);
		if (earlier != null) {
			return earlier;
		}
		Thread thread = new Thread(() -> complete(pool, plan), "dbop-open-" + alias);
		thread.setDaemon(true);
		thread.start();
		return pool;
	}

	private void complete(CompletableFuture<ConnectionPool> pool, PoolPlan plan) {
		try {
			ConnectionPool opened = plan.open();
			this.registry.register(opened);
			openReplicas(opened, plan);
			if (this.closed) {
				close(List.of(opened.alias()));
			}
			pool.complete(opened);
		}
		catch (Throwable ex) {
			pool.completeExceptionally(ex);
		}
	}

	private void openReplicas(ConnectionPool primary, PoolPlan plan) {
		List<ConnectionPool> opened = plan.openReplicas();
		if (!opened.isEmpty()) {
			opened.forEach(this.registry::register);
			ReplicaSet set = new ReplicaSet(primary, opened, plan.reads());
			this.sets.put(primary.alias(), set);
			this.replicas.add(set);
		}
	}

	private static ConnectionPool await(CompletableFuture<ConnectionPool> pool) {
		try {
			return pool.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw ex;
		}
	}

	/** What ran had its time when the application was stopped. */
	@Override
	public void destroy() {
		this.closed = true;
		close(this.pools.keySet());
	}

	private void close(Collection<String> aliases) {
		List<String> all = new ArrayList<>(aliases);
		for (String alias : aliases) {
			ReplicaSet set = this.sets.get(alias);
			if (set != null) {
				set.close();
				set.replicas().forEach((replica) -> all.add(replica.name()));
			}
		}
		this.registry.closeAll(all, Duration.ZERO);
	}

}

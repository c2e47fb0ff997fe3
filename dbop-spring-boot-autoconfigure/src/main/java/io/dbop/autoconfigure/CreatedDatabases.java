package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.dbop.database.DuplicateDatabaseException;
import io.dbop.dialect.Dialects;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import io.dbop.pool.PoolRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The databases that come and go while the application runs. An alias is taken from the
 * beginning of its creation to the end of its removal, so that nothing of an earlier one
 * is left when it is used again. Thread-safe.
 */
class CreatedDatabases implements AutoCloseable {

	private final Map<String, CreatedDatabase> databases = new ConcurrentHashMap<>();

	private final PoolOpener opener;

	private final Dialects dialects;

	private final PoolRegistry pools;

	private final EngineFactory engines;

	private final EngineObservers observers;

	private volatile boolean closed;

	CreatedDatabases(PoolOpener opener, Dialects dialects, PoolRegistry pools, EngineFactory engines,
			EngineObservers observers) {
		this.opener = opener;
		this.dialects = dialects;
		this.pools = pools;
		this.engines = engines;
		this.observers = observers;
	}

	@Nullable DatabaseEngine find(String alias) {
		CreatedDatabase database = this.databases.get(alias);
		return (database != null) ? database.inUse() : null;
	}

	Collection<String> aliases() {
		return this.databases.keySet().stream().filter((alias) -> find(alias) != null).sorted().toList();
	}

	DatabaseEngine create(DatabaseConfig config, CredentialsSource credentials) {
		CreatedDatabase database = new CreatedDatabase();
		CreatedDatabase present = this.databases.putIfAbsent(config.alias(), database);
		if (present != null) {
			throw new DuplicateDatabaseException(config.alias(), present.description());
		}
		try {
			DatabaseEngine engine = open(config, credentials);
			database.opened(engine);
			this.observers.came(engine);
			refuseIfClosed(config.alias());
			return engine;
		}
		catch (RuntimeException | Error ex) {
			undo(config.alias(), database, ex);
			throw ex;
		}
	}

	private DatabaseEngine open(DatabaseConfig config, CredentialsSource credentials) {
		ConnectionPool pool = this.opener.open(config, this.dialects, credentials);
		try {
			this.pools.register(pool);
			return this.engines.engine(pool);
		}
		catch (RuntimeException | Error ex) {
			this.pools.close(config.alias(), Duration.ZERO);
			pool.close();
			this.engines.forget(config.alias());
			throw ex;
		}
	}

	private void refuseIfClosed(String alias) {
		if (this.closed) {
			throw new IllegalStateException(
					"Database '%s' was not created: the application has been closed".formatted(alias));
		}
	}

	/** Unless somebody removes it already. */
	private void undo(String alias, CreatedDatabase database, Throwable failure) {
		try {
			DatabaseEngine engine = database.leave();
			if (engine != null) {
				remove(alias, database, engine, Duration.ZERO);
			}
			else if (database.engine() == null) {
				this.databases.remove(alias, database);
			}
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	boolean remove(String alias, Duration grace) {
		CreatedDatabase database = this.databases.get(alias);
		DatabaseEngine engine = (database != null) ? database.leave() : null;
		if (database == null || engine == null) {
			return false;
		}
		remove(alias, database, engine, grace);
		return true;
	}

	private void remove(String alias, CreatedDatabase database, DatabaseEngine engine, Duration grace) {
		try {
			this.pools.close(alias, grace);
			engine.pool().close();
		}
		finally {
			try {
				this.engines.forget(alias);
				this.observers.went(engine);
			}
			finally {
				this.databases.remove(alias, database);
			}
		}
	}

	/** What ran had its time when the application was stopped. */
	@Override
	public void close() {
		this.closed = true;
		this.databases.forEach((alias, database) -> {
			DatabaseEngine engine = database.engine();
			if (engine != null) {
				this.pools.close(alias, Duration.ZERO);
				engine.pool().close();
			}
		});
	}

}

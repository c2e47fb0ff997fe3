package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.database.UnknownDatabaseException;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import org.jspecify.annotations.Nullable;

/**
 * The handles of the databases, each made when it is first asked for. Thread-safe.
 */
class BeanDatabases implements Databases {

	static final String BEAN_NAME = "dbopDatabases";

	private final Map<DatabaseEngine, Database> handles = new ConcurrentHashMap<>();

	private final DatabaseEngines engines;

	private final EntityFactory entities;

	BeanDatabases(DatabaseEngines engines, EntityFactory entities) {
		this.engines = engines;
		this.entities = entities;
		engines.observers().onGone(this.handles::remove);
	}

	@Override
	public Database get(String alias) {
		requireNonNull("alias", alias);
		return handle(alias, this.engines.find(alias));
	}

	@Override
	public Database primary() {
		String primary = this.engines.primaryAlias();
		return handle((primary != null) ? primary : "(primary)", this.engines.primary());
	}

	private Database handle(String alias, @Nullable DatabaseEngine engine) {
		if (engine == null) {
			throw new UnknownDatabaseException(alias, this.engines.aliases());
		}
		Database handle = this.handles.computeIfAbsent(engine,
				(key) -> Database.of(engine, () -> this.entities.entities(engine)));
		if (engine.pool().closed()) {
			// It may have gone before the handle was kept.
			this.handles.remove(engine);
		}
		return handle;
	}

	@Override
	public Collection<Database> all() {
		Set<Database> all = new LinkedHashSet<>();
		if (this.engines.primaryAlias() != null) {
			all.add(primary());
		}
		for (String alias : this.engines.aliases()) {
			DatabaseEngine engine = this.engines.find(alias);
			if (engine != null) {
				all.add(handle(alias, engine));
			}
		}
		return all;
	}

	@Override
	public Database create(DatabaseConfig config, CredentialsSource credentials) {
		requireNonNull("config", config);
		requireNonNull("credentials", credentials);
		return handle(config.alias(), this.engines.create(config, credentials));
	}

	@Override
	public boolean remove(String alias, Duration grace) {
		requireNonNull("alias", alias);
		requireNonNull("grace", grace);
		if (grace.isNegative()) {
			throw new IllegalArgumentException("'grace' is %s: it must not be negative".formatted(grace));
		}
		return this.engines.remove(alias, grace);
	}

	private static void requireNonNull(String name, @Nullable Object value) {
		Objects.requireNonNull(value, () -> "'%s' is null: a value is expected".formatted(name));
	}

}

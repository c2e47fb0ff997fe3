package io.dbop.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.database.UnknownDatabaseException;
import io.dbop.execution.DatabaseEngine;
import org.jspecify.annotations.Nullable;

/**
 * The handles of the databases, each made when it is first asked for. Thread-safe.
 */
class BeanDatabases implements Databases {

	static final String BEAN_NAME = "dbopDatabases";

	private final Map<DatabaseEngine, Database> handles = new ConcurrentHashMap<>();

	private final DatabaseEngines engines;

	BeanDatabases(DatabaseEngines engines) {
		this.engines = engines;
	}

	@Override
	public Database get(String alias) {
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
		return this.handles.computeIfAbsent(engine, Database::of);
	}

	@Override
	public Collection<Database> all() {
		Set<Database> all = new LinkedHashSet<>();
		if (this.engines.primaryAlias() != null) {
			all.add(primary());
		}
		this.engines.aliases().forEach((alias) -> all.add(get(alias)));
		return all;
	}

}

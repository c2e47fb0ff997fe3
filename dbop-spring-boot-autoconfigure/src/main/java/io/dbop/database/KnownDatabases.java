package io.dbop.database;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The databases that an application has from its start. */
final class KnownDatabases implements Databases {

	private final Map<String, Database> byAlias = new LinkedHashMap<>();

	private final @Nullable String primary;

	KnownDatabases(Collection<Database> databases, @Nullable String primary) {
		this.primary = primary;
		databases.stream().filter((each) -> each.alias().equals(primary)).forEach(this::add);
		databases.forEach(this::add);
	}

	private void add(Database database) {
		this.byAlias.put(database.alias(), database);
	}

	@Override
	public Database get(String alias) {
		Database database = this.byAlias.get(alias);
		if (database == null) {
			throw new UnknownDatabaseException(alias, this.byAlias.keySet());
		}
		return database;
	}

	@Override
	public Database primary() {
		return get((this.primary != null) ? this.primary : "(primary)");
	}

	@Override
	public Collection<Database> all() {
		return List.copyOf(this.byAlias.values());
	}

}

package io.dbop.pool;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Where a routing data source gets its connections from, as far as it is known. */
final class Routing {

	private Routing() {
	}

	static boolean routes(DataSource dataSource) {
		return ConnectionPool.unwrapped(dataSource) instanceof AbstractRoutingDataSource;
	}

	/** Whether there are targets, and each one records its connections itself. */
	static boolean toPoolsOnly(DataSource dataSource) {
		Collection<DataSource> targets = targets(dataSource);
		return !targets.isEmpty() && targets.stream().allMatch((each) -> ConnectionPool.of(each) != null);
	}

	/** Those of no pool count as well: a subclass may go where it likes. */
	static boolean to(DataSource dataSource, String alias) {
		if (!routes(dataSource)) {
			return false;
		}
		return !toPoolsOnly(dataSource) || targets(dataSource).stream()
			.map(ConnectionPool::of)
			.filter(Objects::nonNull)
			.anyMatch((pool) -> pool.alias().equals(alias));
	}

	/** Those that it tells of, none for another data source. */
	static Collection<DataSource> targets(DataSource dataSource) {
		Set<DataSource> targets = new LinkedHashSet<>();
		if (ConnectionPool.unwrapped(dataSource) instanceof AbstractRoutingDataSource routing) {
			try {
				targets.addAll(routing.getResolvedDataSources().values());
			}
			catch (IllegalStateException ex) {
				// a subclass that finds them in a way of its own
				return targets;
			}
			if (routing.getResolvedDefaultDataSource() != null) {
				targets.add(routing.getResolvedDefaultDataSource());
			}
		}
		return targets;
	}

}

package io.dbop.benchmark.entity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/** An upsert by hand, in autocommit and without a history. */
final class UpsertAlone implements ItemKeeper {

	private static final String UPSERT = ItemTables.upsert(TestDatabase.POSTGRESQL);

	private final HikariDataSource pool;

	private final ItemParameters parameters = new ItemParameters(TestDatabase.POSTGRESQL);

	UpsertAlone(DatabaseInstance database) {
		this.pool = Pools.open(database, true);
		Pools.execute(this.pool, ItemTables.create(TestDatabase.POSTGRESQL));
	}

	@Override
	public void save(Item item) throws SQLException {
		try (Connection connection = this.pool.getConnection();
				PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
			this.parameters.set(upsert, item.id(), item);
			upsert.executeUpdate();
		}
	}

	@Override
	public void close() {
		this.pool.close();
	}

}

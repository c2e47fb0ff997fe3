package io.dbop.benchmark.entity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/** An upsert and the copy of the row for the history, by hand and in a transaction. */
final class TwoStatements implements ItemKeeper {

	private static final String UPSERT = ItemTables.upsert(TestDatabase.POSTGRESQL);

	private static final String RECORD = ItemTables.record(1);

	private final HikariDataSource pool;

	private final ItemParameters parameters = new ItemParameters(TestDatabase.POSTGRESQL);

	TwoStatements(DatabaseInstance database) {
		this.pool = Pools.open(database, false);
		Pools.execute(this.pool, ItemTables.create(TestDatabase.POSTGRESQL));
	}

	@Override
	public void save(Item item) throws SQLException {
		try (Connection connection = this.pool.getConnection()) {
			try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
				this.parameters.set(upsert, item.id(), item);
				upsert.executeUpdate();
			}
			try (PreparedStatement record = connection.prepareStatement(RECORD)) {
				record.setString(1, item.id());
				record.executeUpdate();
			}
			connection.commit();
		}
	}

	@Override
	public void close() {
		this.pool.close();
	}

}

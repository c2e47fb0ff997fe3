package io.dbop.benchmark.lever;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A row that is there is changed, and the change copied into a history. */
final class Saves {

	private static final int ROWS = 1000;

	private static final String UPSERT = "INSERT INTO %s AS t (id, version, name, quantity) VALUES (?, 1, ?, ?) "
			+ "ON CONFLICT (id) DO UPDATE SET version = t.version + 1, name = EXCLUDED.name, quantity = EXCLUDED.quantity";

	private final PreparedStatement both;

	private final Connection transaction;

	private final PreparedStatement upsert;

	private final PreparedStatement record;

	private int number;

	Saves(Sessions sessions) throws SQLException {
		for (String table : new String[] { "one", "two" }) {
			String columns = "(id text COLLATE \"C\", version bigint, name text, quantity integer, PRIMARY KEY (%s))";
			sessions.execute("CREATE TABLE " + table + columns.formatted("id"),
					"CREATE TABLE " + table + "_history " + columns.formatted("id, version"));
		}
		this.both = sessions.committing()
			.prepareStatement("WITH saved AS (" + UPSERT.formatted("one")
					+ " RETURNING id, version, name, quantity) INSERT INTO one_history SELECT * FROM saved");
		this.transaction = sessions.transactional();
		this.upsert = this.transaction.prepareStatement(UPSERT.formatted("two"));
		this.record = this.transaction.prepareStatement("INSERT INTO two_history SELECT * FROM two WHERE id = ?");
	}

	void inOne() throws SQLException {
		set(this.both).executeUpdate();
	}

	void inTwo() throws SQLException {
		set(this.upsert).executeUpdate();
		this.record.setString(1, id());
		this.record.executeUpdate();
		this.transaction.commit();
	}

	private PreparedStatement set(PreparedStatement statement) throws SQLException {
		this.number++;
		statement.setString(1, id());
		statement.setString(2, "Item number " + this.number);
		statement.setInt(3, this.number);
		return statement;
	}

	private String id() {
		return "item-" + this.number % ROWS;
	}

}

package io.dbop.benchmark.lever;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A row is read under a limit, or at a level of isolation. */
final class Limits {

	private static final int ROWS = 1000;

	private static final String SELECT = "SELECT name FROM known WHERE id = ?";

	private static final String SET = "SELECT set_config('statement_timeout', '2000', false)";

	private static final String PUT_BACK = "SELECT set_config('statement_timeout', '0', false)";

	private final PreparedStatement limited;

	private final Connection plain;

	private final PreparedStatement set;

	private final PreparedStatement select;

	private final PreparedStatement putBack;

	private final Connection told;

	private final PreparedStatement toldSelect;

	private final Connection transaction;

	private final PreparedStatement transactionSelect;

	private int number;

	Limits(Sessions sessions) throws SQLException {
		sessions.execute("CREATE TABLE known (id integer PRIMARY KEY, name text)",
				"INSERT INTO known SELECT n, 'Item number ' || n FROM generate_series(0, %d) AS n".formatted(ROWS - 1));
		this.limited = sessions.committing()
			.prepareStatement("SELECT set_config('statement_timeout', '2000', true); " + SELECT);
		this.plain = sessions.committing();
		this.set = this.plain.prepareStatement(SET);
		this.select = this.plain.prepareStatement(SELECT);
		this.putBack = this.plain.prepareStatement(PUT_BACK);
		this.told = sessions.open("options", "-c statement_timeout=2000");
		this.told.setAutoCommit(false);
		this.toldSelect = this.told.prepareStatement(SELECT);
		this.transaction = sessions.transactional();
		this.transactionSelect = this.transaction.prepareStatement(SELECT);
	}

	void inText() throws SQLException {
		this.limited.setInt(1, id());
		this.limited.execute();
		if (!this.limited.getMoreResults()) {
			throw new SQLException("no rows");
		}
		this.limited.getResultSet().next();
	}

	void setBefore() throws SQLException {
		this.set.executeQuery().close();
		read(this.select);
		this.putBack.executeQuery().close();
	}

	void whenConnecting() throws SQLException {
		read(this.toldSelect);
		this.told.commit();
	}

	void inEachTransaction() throws SQLException {
		try (Statement statement = this.transaction.createStatement()) {
			statement.execute("SET LOCAL statement_timeout = 2000");
		}
		read(this.transactionSelect);
		this.transaction.commit();
	}

	void defaultIsolation() throws SQLException {
		read(this.transactionSelect);
		this.transaction.commit();
	}

	/** As Spring does it. */
	void switchedIsolation() throws SQLException {
		this.transaction.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		read(this.transactionSelect);
		this.transaction.commit();
		this.transaction.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
	}

	private void read(PreparedStatement select) throws SQLException {
		select.setInt(1, id());
		select.executeQuery().next();
	}

	private int id() {
		this.number++;
		return this.number % ROWS;
	}

}

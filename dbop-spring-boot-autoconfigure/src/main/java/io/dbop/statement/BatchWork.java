package io.dbop.statement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

import io.dbop.dialect.StatementLimits;
import org.jspecify.annotations.Nullable;

/** A batch as the work of a plan. Long ones are sent in portions. */
final class BatchWork extends RequestWork {

	private static final int PORTION = 1000;

	private final List<List<@Nullable Object>> rows;

	BatchWork(StatementRequest request, List<List<@Nullable Object>> rows) {
		super(request);
		this.rows = rows;
	}

	@Override
	@Nullable Object perform() {
		BoundStatement text = new BoundStatement(request().statement().text(), List.of(), List.of());
		return request().target().template().execute(new Preparation(request(), text), this::execute);
	}

	private int[] execute(PreparedStatement statement) throws SQLException {
		StatementLimits limits = request().sessionLimits();
		return limits.isEmpty() ? send(statement) : SessionScope.within(request().target().pool(),
				statement.getConnection(), limits, () -> send(statement));
	}

	/** On a single connection nobody else has begun a transaction for it. */
	private int[] send(PreparedStatement statement) throws SQLException {
		Connection connection = statement.getConnection();
		if (!connection.getAutoCommit()) {
			boolean ofSession = request().target().inTransaction() && request().statement().changesRows();
			return ofSession ? sendWhole(connection, statement) : sendAll(statement);
		}
		return OwnTransaction.within(connection, (transaction) -> sendAll(statement));
	}

	/** Whoever goes on after a failure finds none of the rows. */
	private int[] sendWhole(Connection connection, PreparedStatement statement) throws SQLException {
		Savepoint before = connection.setSavepoint();
		int[] counts;
		try {
			counts = sendAll(statement);
		}
		catch (SQLException | RuntimeException ex) {
			OwnTransaction.undo(() -> connection.rollback(before), ex);
			throw ex;
		}
		connection.releaseSavepoint(before);
		return counts;
	}

	private int[] sendAll(PreparedStatement statement) throws SQLException {
		int[] counts = new int[this.rows.size()];
		for (int from = 0; from < counts.length; from += PORTION) {
			List<List<@Nullable Object>> portion = this.rows.subList(from, Math.min(counts.length, from + PORTION));
			for (List<@Nullable Object> row : portion) {
				Preparation.set(statement, 0, row);
				statement.addBatch();
			}
			int[] sent = statement.executeBatch();
			System.arraycopy(sent, 0, counts, from, Math.min(sent.length, portion.size()));
		}
		return counts;
	}

}

package io.dbop.statement;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import io.dbop.dialect.StatementLimits;
import io.dbop.execution.Work;
import org.jspecify.annotations.Nullable;

/** A batch as the work of a plan. Long ones are sent in portions. */
final class BatchWork implements Work {

	private static final int PORTION = 1000;

	private final StatementRequest request;

	private final List<List<@Nullable Object>> rows;

	BatchWork(StatementRequest request, List<List<@Nullable Object>> rows) {
		this.request = request;
		this.rows = rows;
	}

	@Override
	public @Nullable Object perform(int attempt) {
		BoundStatement text = new BoundStatement(this.request.statement().text(), List.of(), List.of());
		return this.request.target().template().execute(new Preparation(this.request, text), this::execute);
	}

	private int[] execute(PreparedStatement statement) throws SQLException {
		StatementLimits limits = this.request.sessionLimits();
		return limits.isEmpty() ? send(statement) : SessionScope.within(this.request.target().pool(),
				statement.getConnection(), limits, () -> send(statement));
	}

	private int[] send(PreparedStatement statement) throws SQLException {
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

	@Override
	public boolean limitsStatements() {
		return this.request.options().limits().timeout() != null;
	}

	@Override
	public Map<String, String> tags() {
		return this.request.options().tags();
	}

}

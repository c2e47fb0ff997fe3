package io.dbop.statement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.dbop.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.jdbc.support.KeyHolder;

/**
 * All ways to run a statement that has been given its parameters. Immutable, so that it
 * can be run in another thread.
 */
final class Runs {

	private final StatementTarget target;

	private final SqlStatement statement;

	private final StatementOptions options;

	private final StatementArguments arguments;

	Runs(StatementTarget target, SqlStatement statement, StatementBuilder<?> builder) {
		this.target = target;
		this.statement = statement;
		this.options = builder.options();
		this.arguments = builder.arguments().copy();
	}

	<T extends @Nullable Object> T extract(ResultSetExtractor<T> extractor) {
		requireRows();
		return run(StatementForm.QUERY, ResultAccess.rows(extractor));
	}

	<T extends @Nullable Object> List<T> list(RowMapper<T> mapper) {
		return extract(new RowMapperResultSetExtractor<>(mapper));
	}

	<T extends @Nullable Object> Stream<T> stream(RowMapper<T> mapper) {
		requireRows();
		if (this.options.limits().lockTimeout() != null) {
			throw new InvalidParametersException(this.target.alias(),
					"a stream cannot have a lock timeout. Read a list, or set the lock-timeout of the alias.");
		}
		boolean committed = this.options.fetchSize() <= 0 && (this.target.pinned() || this.target.pool().commitsEach());
		if (this.statement.mayGiveChanges() && !committed && !this.target.withinTransaction()) {
			throw new InvalidParametersException(this.target.alias(),
					"it changes rows, and its stream would be read in a transaction that nobody commits. Read a list, or"
							+ " stream within a transaction.");
		}
		StatementRequest request = request(StatementForm.STREAM);
		BoundStatement bound = request.bind(this.arguments);
		StreamWork.Opened<T> opened = this.target.run(request, new StreamWork<>(request, bound, mapper));
		return opened.rows();
	}

	int update() {
		return run(StatementForm.UPDATE, ResultAccess.count());
	}

	int update(KeyHolder keys) {
		return run(StatementForm.KEYS, ResultAccess.keys(keys));
	}

	int update(KeyHolder keys, String[] columns) {
		return run(StatementForm.keys(columns), ResultAccess.keys(keys));
	}

	int[] batch(Collection<?> rows) {
		StatementRequest request = request(StatementForm.BATCH);
		List<List<@Nullable Object>> values = bind(request, rows);
		if (values.isEmpty()) {
			return new int[0];
		}
		return Objects.requireNonNull(this.target.<int[]>run(request, new BatchWork(request, values)));
	}

	private List<List<@Nullable Object>> bind(StatementRequest request, Collection<?> rows) {
		if (!this.arguments.isEmpty()) {
			throw new InvalidParametersException(this.target.alias(),
					"a batch takes the values of its parameters from its rows, and some were given besides.");
		}
		List<List<@Nullable Object>> values = new ArrayList<>(rows.size());
		int number = 0;
		for (Object row : rows) {
			number++;
			values.add(new BatchRow(this.target.alias(), number).bind(request, row));
		}
		return values;
	}

	/** Some drivers would run it, and then say that there are none. */
	private void requireRows() {
		if (this.statement.givesNoRows()) {
			throw new InvalidParametersException(this.target.alias(), "it gives no rows. Run it by update().");
		}
	}

	private <R extends @Nullable Object> R run(StatementForm form, ResultAccess<R> access) {
		StatementRequest request = request(form);
		return this.target.run(request, new StatementWork<>(request, request.bind(this.arguments), access));
	}

	private StatementRequest request(StatementForm form) {
		if (this.statement.ofSavepoint() && !this.target.withinTransaction()) {
			throw new InvalidParametersException(this.target.alias(),
					"a savepoint is part of a transaction, and there is none here. Use inTransaction(), or a session's"
							+ " begin().");
		}
		if (this.options.readOnly() && this.statement.changesRows()) {
			throw new InvalidParametersException(this.target.alias(),
					"it changes rows and was declared to read only. Leave out readOnly().");
		}
		return new StatementRequest(this.target, this.statement, form, this.options);
	}

}

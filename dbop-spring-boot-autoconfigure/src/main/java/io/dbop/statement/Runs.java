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

	private final @Nullable BoundStatement bound;

	Runs(StatementTarget target, SqlStatement statement, StatementBuilder<?> builder) {
		this(target, statement, builder.options(), builder.arguments().copy(), null);
	}

	private Runs(StatementTarget target, SqlStatement statement, StatementOptions options, StatementArguments arguments,
			@Nullable BoundStatement bound) {
		this.target = target;
		this.statement = statement;
		this.options = options;
		this.arguments = arguments;
		this.bound = bound;
	}

	/**
	 * The same with the values of now: the objects that have them may have others later.
	 */
	Runs withValues() {
		return new Runs(this.target, this.statement, this.options, this.arguments, bind());
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
		StreamWork.Opened<T> opened = this.target.run(request, new StreamWork<>(request, bind(), mapper));
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

	int[] batch(List<List<@Nullable Object>> values) {
		StatementRequest request = request(StatementForm.BATCH);
		if (values.isEmpty()) {
			return new int[0];
		}
		return Objects.requireNonNull(this.target.<int[]>run(request, new BatchWork(request, values)));
	}

	/** The values of the rows of a batch. */
	List<List<@Nullable Object>> values(Collection<?> rows) {
		if (!this.arguments.isEmpty()) {
			throw new InvalidParametersException(this.target.alias(),
					"a batch takes the values of its parameters from its rows, and some were given besides.");
		}
		List<List<@Nullable Object>> values = new ArrayList<>(rows.size());
		Binding binding = binding();
		int number = 0;
		for (Object row : rows) {
			number++;
			values.add(new BatchRow(this.target.alias(), number).bind(binding, row));
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
		return this.target.run(request, new StatementWork<>(request, bind(), access));
	}

	private boolean mayWrite(StatementRequest request) {
		boolean callsUnknown = !this.options.readOnly()
				&& request.dialect().syntax().callsUnknown(this.statement.text());
		return callsUnknown || !request.readsOnly();
	}

	private BoundStatement bind() {
		BoundStatement bound = this.bound;
		return (bound != null) ? bound : binding().bind(this.arguments);
	}

	private Binding binding() {
		return new Binding(this.target.alias(), this.target.pool().dialect(), this.statement);
	}

	private StatementRequest request(StatementForm form) {
		StatementRequest request = new StatementRequest(this.target, this.statement, form, this.options);
		if (this.target.withinStream() && mayWrite(request)) {
			throw new InvalidParametersException(this.target.alias(),
					"rows are being streamed on the connection of this session, and it would be part of their transaction,"
							+ " which a failure undoes. begin() one before, close the stream first, or use another session.");
		}
		if (this.statement.ofSavepoint() && !this.target.withinTransaction()) {
			throw new InvalidParametersException(this.target.alias(),
					"a savepoint is part of a transaction, and there is none here. Use inTransaction(), or a session's"
							+ " begin().");
		}
		if (this.options.readOnly() && this.statement.changesRows()) {
			throw new InvalidParametersException(this.target.alias(),
					"it changes rows and was declared to read only. Leave out readOnly().");
		}
		return request;
	}

}

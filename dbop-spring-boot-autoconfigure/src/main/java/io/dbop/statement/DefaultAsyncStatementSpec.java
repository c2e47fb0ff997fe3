package io.dbop.statement;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.dbop.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.util.Assert;

/** A statement that is run by tasks. */
final class DefaultAsyncStatementSpec extends StatementBuilder<AsyncStatementSpec> implements AsyncStatementSpec {

	private final StatementTarget target;

	private final SqlStatement statement;

	private final AsyncTasks tasks;

	DefaultAsyncStatementSpec(StatementTarget target, SqlStatement statement, AsyncTasks tasks) {
		this.target = target;
		this.statement = statement;
		this.tasks = tasks;
	}

	@Override
	AsyncStatementSpec self() {
		return this;
	}

	private <T extends @Nullable Object> CompletableFuture<T> submit(Function<Runs, T> task) {
		return prepared((runs) -> {
			Runs ready = runs.withValues();
			return () -> task.apply(ready);
		});
	}

	/** Takes the values now: the objects that have them may have others in their turn. */
	private <T extends @Nullable Object> CompletableFuture<T> prepared(Function<Runs, Supplier<T>> preparation) {
		Supplier<T> task;
		try {
			task = preparation.apply(new Runs(this.target, this.statement, this));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return this.tasks.submit(task);
	}

	@Override
	public <T> CompletableFuture<List<@Nullable T>> list(Class<T> type) {
		return submit((runs) -> runs.list(RowMappers.of(type)));
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<List<T>> list(RowMapper<T> mapper) {
		return submit((runs) -> runs.list(mapper));
	}

	@Override
	public CompletableFuture<List<Map<String, @Nullable Object>>> listOfRows() {
		return submit((runs) -> runs.list(new ColumnMapRowMapper()));
	}

	@Override
	public <T> CompletableFuture<Optional<T>> optional(Class<T> type) {
		return submit((runs) -> Results.optional(runs.list(RowMappers.of(type))));
	}

	@Override
	public <T> CompletableFuture<T> single(Class<T> type) {
		return submit((runs) -> Results.single(runs.list(RowMappers.of(type))));
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> query(ResultSetExtractor<T> extractor) {
		return submit((runs) -> runs.extract(extractor));
	}

	@Override
	public CompletableFuture<Integer> update() {
		return submit(Runs::update);
	}

	@Override
	public CompletableFuture<Integer> update(KeyHolder keys) {
		return submit((runs) -> runs.update(keys));
	}

	@Override
	public CompletableFuture<int[]> batch(Collection<?> rows) {
		Assert.notNull(rows, "The rows of a batch must not be null");
		return prepared((runs) -> {
			List<List<@Nullable Object>> values = runs.values(rows);
			return () -> runs.batch(values);
		});
	}

}

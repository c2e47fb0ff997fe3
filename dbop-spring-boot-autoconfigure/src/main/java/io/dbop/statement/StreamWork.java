package io.dbop.statement;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.dbop.pool.StatementParameter;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The beginning of a stream as the work of a plan: what comes after the first answer is
 * between the stream and its reader.
 *
 * @param <T> the type of the rows
 */
final class StreamWork<T extends @Nullable Object> extends RequestWork {

	private final BoundStatement bound;

	private final RowMapper<T> mapper;

	StreamWork(StatementRequest request, BoundStatement bound, RowMapper<T> mapper) {
		super(request);
		this.bound = bound;
		this.mapper = mapper;
	}

	@Override
	@Nullable Object perform() {
		StatementTarget target = request().target();
		if (request().options().fetchSize() > 0 && target.streamsApart(request().dialect())) {
			return outsideOfScope(() -> open(target.apart()));
		}
		return open(target.template());
	}

	private Opened<T> open(JdbcTemplate template) {
		Preparation preparation = new Preparation(request(), this.bound);
		try {
			Stream<T> rows = template.queryForStream(preparation, preparation::setParameters, this.mapper);
			return new Opened<>(preparation.switched() ? endedFirst(rows, preparation) : rows);
		}
		catch (RuntimeException | Error ex) {
			leaveAsFound(preparation, ex);
			throw ex;
		}
	}

	/** Closed first, it would give its connection back with a transaction under way. */
	private static <T extends @Nullable Object> Stream<T> endedFirst(Stream<T> rows, Preparation preparation) {
		return StreamSupport.stream(rows.spliterator(), false).onClose(() -> {
			try {
				preparation.leaveAsFound();
			}
			finally {
				rows.close();
			}
		});
	}

	/** Within it the connection would be kept until its end. */
	private static <R> R outsideOfScope(Supplier<R> work) {
		List<TransactionSynchronization> scope = TransactionSynchronizationManager.getSynchronizations();
		TransactionSynchronizationManager.clearSynchronization();
		try {
			return work.get();
		}
		finally {
			TransactionSynchronizationManager.initSynchronization();
			scope.forEach(TransactionSynchronizationManager::registerSynchronization);
		}
	}

	private static void leaveAsFound(Preparation preparation, Throwable failure) {
		try {
			preparation.leaveAsFound();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	@Override
	public @Nullable List<StatementParameter> statementParameters() {
		return this.bound.parameters();
	}

	/**
	 * A stream whose statement has been executed.
	 *
	 * @param <T> the type of the rows
	 * @param rows the stream
	 */
	record Opened<T extends @Nullable Object>(Stream<T> rows) {
	}

}

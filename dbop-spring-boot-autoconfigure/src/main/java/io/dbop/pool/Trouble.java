package io.dbop.pool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.dbop.failure.Phase;
import org.jspecify.annotations.Nullable;

/**
 * What has gone wrong in an attempt, and which transactions, still open, that has undone.
 * Confined to a thread.
 */
final class Trouble {

	private final List<TransactionRecord> undone = new ArrayList<>(1);

	private @Nullable Incident incident;

	/** Whether the database has let the time run out. */
	private boolean outOfTime;

	@Nullable Incident incident() {
		return this.incident;
	}

	void failed(@Nullable Incident incident) {
		this.incident = incident;
		this.outOfTime |= incident != null && incident.byDeadline() && incident.asked();
	}

	/**
	 * Whether the last failure was none of pool or database, which were not asked, and
	 * neither was one before it that used up the time.
	 */
	boolean unasked() {
		return this.incident != null && !this.incident.asked() && !this.outOfTime;
	}

	void undone(TransactionRecord transaction) {
		this.undone.add(transaction);
	}

	/** Whether such a transaction was undone, and is still open. */
	boolean undid(Predicate<TransactionRecord> which) {
		forgetEnded();
		return this.undone.stream().anyMatch(which);
	}

	/** There is another attempt, in transactions that may be open still. */
	void next() {
		this.incident = null;
		this.outOfTime = false;
		forgetEnded();
	}

	private void forgetEnded() {
		this.undone.removeIf((transaction) -> !transaction.standing().undone());
	}

	/** Takes on that of an operation inside. */
	void inherit(Trouble inner) {
		if (inner.incident != null) {
			this.incident = inner.incident;
		}
		this.outOfTime |= inner.outOfTime;
		this.undone.addAll(inner.undone);
	}

	/**
	 * A failure as it struck a connection.
	 *
	 * @param transaction what there was on it, {@code null} where there was no connection
	 * @param asked whether the pool or the database was asked for anything
	 */
	record Incident(ConnectionPool pool, @Nullable TransactionRecord transaction, Phase phase, SQLException exception,
			boolean byDeadline, boolean asked) {
	}

}

package io.dbop.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.dbop.execution.CommitOutcomeUnknownException;

import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Commits saves together, and those apart that keep the others from it. */
final class GroupCommit {

	private final String entity;

	private final EntitySaves saves;

	GroupCommit(String entity, EntitySaves saves) {
		this.entity = entity;
		this.saves = saves;
	}

	/** Tells each what became of it. */
	void commit(List<QueuedSave> group) {
		try {
			this.saves.saveTogether(this.entity, group.stream().map(QueuedSave::change).toList());
		}
		catch (Throwable ex) {
			if (ex instanceof CommitOutcomeUnknownException) {
				group.forEach((each) -> each.failed(ex));
			}
			else if (this.saves.tablesAreHeld(ex)) {
				apart(group, ex);
			}
			else {
				failed(group, ex);
			}
			return;
		}
		group.forEach(QueuedSave::saved);
	}

	/** Those that need no other tables are saved: each half of all would wait anew. */
	private void apart(List<QueuedSave> group, Throwable failure) {
		List<QueuedSave> fitting = new ArrayList<>();
		List<QueuedSave> others = new ArrayList<>();
		try {
			Predicate<Change> needsChange = this.saves.needingChange(this.entity);
			group.forEach((each) -> (needsChange.test(each.change()) ? others : fitting).add(each));
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
			group.forEach((each) -> each.failed(failure));
			return;
		}
		if (others.isEmpty()) {
			failed(group, failure);
			return;
		}
		others.forEach((each) -> each.failed(failure));
		if (!fitting.isEmpty()) {
			commit(fitting);
		}
	}

	/**
	 * Where some rows are at fault the halves are tried, in their order, until those are
	 * alone.
	 */
	private void failed(List<QueuedSave> group, Throwable failure) {
		if (group.size() > 1 && concernsRows(failure)) {
			int half = group.size() / 2;
			commit(group.subList(0, half));
			commit(group.subList(half, group.size()));
			return;
		}
		group.forEach((each) -> each.failed(failure));
	}

	/**
	 * Nothing was committed, and the same would happen again to the same rows: what the
	 * database says of it counts for more than the kind of exception, since rows that are
	 * too large for something look like a resource that fails.
	 */
	private boolean concernsRows(Throwable failure) {
		if (failure instanceof NonTransientDataAccessResourceException) {
			return !(failure instanceof CannotGetJdbcConnectionException) && this.saves.refusesRows(failure);
		}
		return failure instanceof NonTransientDataAccessException;
	}

}

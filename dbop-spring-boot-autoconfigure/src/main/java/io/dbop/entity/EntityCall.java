package io.dbop.entity;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.dbop.statement.StatementSpec;
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation on entities, with the statements that it runs. Used by one
 * thread.
 */
final class EntityCall {

	private final EntityDatabase database;

	private final String operation;

	private final @Nullable Duration timeout;

	private boolean changed;

	private boolean unrecorded;

	private boolean doubtful;

	EntityCall(EntityDatabase database, String operation, @Nullable Duration timeout) {
		this.database = database;
		this.operation = operation;
		this.timeout = timeout;
	}

	/** The name under which it is known to meters and logs. */
	String operation() {
		return this.operation;
	}

	@Nullable Duration timeout() {
		return this.timeout;
	}

	EntityDatabase database() {
		return this.database;
	}

	/** Whether a statement has changed something. */
	boolean changed() {
		return this.changed;
	}

	/** Whether the history lacks what has been changed. */
	boolean unrecorded() {
		return this.unrecorded;
	}

	/** Something has been changed. */
	void changed(boolean recorded) {
		this.changed = true;
		this.unrecorded = !recorded;
	}

	/** The history has all that has been changed, if anything was. */
	void recorded() {
		this.unrecorded = false;
	}

	/** Whether a statement has failed on rows that are other than was thought. */
	boolean doubtful() {
		return this.doubtful;
	}

	void doubt() {
		this.doubtful = true;
	}

	StatementSpec sql(String text, List<? extends @Nullable Object> parameters) {
		StatementSpec statement = this.database.statements().sql(text).named(this.operation).params(parameters);
		return (this.timeout != null) ? statement.timeout(this.timeout) : statement;
	}

	/** Once for each row of parameters. */
	void batch(String text, List<? extends List<? extends @Nullable Object>> rows) {
		sql(text, List.of()).batch(rows).execute();
	}

	/**
	 * A statement on so many rows of which none stays if it fails, so that the
	 * transaction can go on.
	 */
	<T> T whole(int rows, Supplier<T> statement) {
		boolean guarded = rows > 1 && this.database.transaction() != null && this.database.failedRowsStay();
		return guarded ? EntityCalls.run(this.database.plans().get(this, CallPlans.Kind.PART), statement)
				: statement.get();
	}

	int update(String text, List<? extends @Nullable Object> parameters) {
		return sql(text, parameters).update();
	}

}

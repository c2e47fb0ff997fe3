package io.dbop.entity;

import java.util.concurrent.CompletableFuture;

import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.pool.AttemptLedger;
import org.jspecify.annotations.Nullable;

/**
 * A save that waits for its group. The operation in which it was taken must not be
 * repeated once it is committed, whatever has become of the future by then.
 *
 * @param change what is to be saved
 * @param caller the operation in which it was taken, if any
 * @param future tells the caller what became of it
 */
record QueuedSave(Change change, @Nullable AttemptLedger caller, CompletableFuture<String> future) {

	QueuedSave(Change change) {
		this(change, AttemptLedger.current(), new CompletableFuture<>());
	}

	void taken() {
		if (this.caller != null) {
			this.caller.begunElsewhere();
		}
	}

	void saved() {
		ended(true);
		this.future.complete(this.change.id());
	}

	void failed(Throwable failure) {
		ended(failure instanceof CommitOutcomeUnknownException);
		this.future.completeExceptionally(failure);
	}

	/** Nobody knows how far it has come, unless it was told before. */
	void doubted(Throwable failure) {
		if (!this.future.isDone()) {
			ended(true);
			this.future.completeExceptionally(failure);
		}
	}

	private void ended(boolean written) {
		if (this.caller != null) {
			this.caller.endedElsewhere(written);
		}
	}

}

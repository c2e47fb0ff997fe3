package io.dbop.actuate;

import java.time.Duration;

import io.dbop.pool.Holder;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a connection.
 *
 * @param thread the thread
 * @param operation the operation, if it is one of ours
 * @param heldMillis for how long
 * @param callSite where it was taken, or where its thread is now, if either is known
 * @param waitsForSecond whether the thread waits for another connection of this database
 * while it holds this one
 * @param waitingMillis for how long it has been waiting, if it does
 * @param executingMillis for how long a statement has been executed on it, if one is
 */
public record HolderDescriptor(String thread, @Nullable String operation, long heldMillis, @Nullable String callSite,
		boolean waitsForSecond, @Nullable Long waitingMillis, @Nullable Long executingMillis) {

	static HolderDescriptor of(Holder holder) {
		Duration waiting = holder.waitingForSecond();
		Duration executing = holder.executing();
		return new HolderDescriptor(holder.thread(), holder.operation(), holder.held().toMillis(), holder.callSite(),
				waiting != null, (waiting != null) ? waiting.toMillis() : null,
				(executing != null) ? executing.toMillis() : null);
	}

}

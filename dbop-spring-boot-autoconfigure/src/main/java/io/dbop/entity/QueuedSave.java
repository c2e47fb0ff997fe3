package io.dbop.entity;

import java.util.concurrent.CompletableFuture;

/**
 * A save that waits for its group.
 *
 * @param change what is to be saved
 * @param future tells the caller what became of it
 */
record QueuedSave(Change change, CompletableFuture<String> future) {

	QueuedSave(Change change) {
		this(change, new CompletableFuture<>());
	}

}

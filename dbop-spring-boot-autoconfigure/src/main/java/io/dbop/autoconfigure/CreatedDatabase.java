package io.dbop.autoconfigure;

import io.dbop.execution.DatabaseEngine;
import org.jspecify.annotations.Nullable;

/**
 * A database on its way: being opened, in use, being removed. Thread-safe.
 */
class CreatedDatabase {

	private @Nullable DatabaseEngine engine;

	private boolean leaving;

	synchronized void opened(DatabaseEngine engine) {
		this.engine = engine;
	}

	/**
	 * Begins its removal.
	 * @return its engine, or {@code null} if it cannot be removed, or another does it
	 */
	synchronized @Nullable DatabaseEngine leave() {
		if (this.leaving) {
			return null;
		}
		this.leaving = this.engine != null;
		return this.engine;
	}

	synchronized @Nullable DatabaseEngine engine() {
		return this.engine;
	}

	synchronized @Nullable DatabaseEngine inUse() {
		return this.leaving ? null : this.engine;
	}

	synchronized String description() {
		if (this.engine == null) {
			return "is being created";
		}
		return this.leaving ? "is being removed" : "was created before";
	}

}

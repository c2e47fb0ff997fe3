package io.dbop.execution;

import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/** What an observer throws is its own affair and never that of the call. */
final class GuardedObserver implements ExecutionObserver {

	private static final Log logger = LogFactory.getLog(GuardedObserver.class);

	private static final Observed NOTHING = (ending) -> {
	};

	private final ExecutionObserver observer;

	GuardedObserver(ExecutionObserver observer) {
		this.observer = observer;
	}

	@Override
	public Observed operation(String alias, String operation) {
		return begin(() -> this.observer.operation(alias, operation));
	}

	@Override
	public Observed attempt(String alias, String operation, int attempt) {
		return begin(() -> this.observer.attempt(alias, operation, attempt));
	}

	@Override
	public <T extends @Nullable Object> Supplier<T> carried(Supplier<T> task) {
		try {
			return this.observer.carried(task);
		}
		catch (RuntimeException ex) {
			failed(ex);
			return task;
		}
	}

	private Observed begin(Supplier<Observed> beginning) {
		try {
			Observed observed = beginning.get();
			return (ending) -> end(observed, ending);
		}
		catch (RuntimeException ex) {
			failed(ex);
			return NOTHING;
		}
	}

	private void end(Observed observed, Ending ending) {
		try {
			observed.ended(ending);
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
	}

	private void failed(RuntimeException ex) {
		logger.warn("Execution observer " + this.observer.getClass().getName() + " failed; the call is not affected",
				ex);
	}

}

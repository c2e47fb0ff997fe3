package io.dbop.execution;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Tells listeners. What they throw is their own affair and never that of the call. */
final class Listeners {

	private static final Log logger = LogFactory.getLog(Listeners.class);

	private final List<ExecutionListener> listeners;

	Listeners(List<ExecutionListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	void succeeded(Call call) {
		if (!this.listeners.isEmpty()) {
			tell(call, (listener) -> listener.onSuccess(call));
		}
	}

	void failed(Call call, Throwable failure) {
		tell(call, (listener) -> listener.onFailure(call, failure));
	}

	void retrying(Call call, Throwable failure, Duration delay) {
		tell(call, (listener) -> listener.onRetry(call, failure, delay));
	}

	private void tell(Call call, Consumer<ExecutionListener> event) {
		if (call.withinExtension()) {
			// Else one that uses the database would call itself.
			return;
		}
		for (ExecutionListener listener : this.listeners) {
			try {
				call.told(() -> event.accept(listener));
			}
			catch (Exception | LinkageError | AssertionError ex) {
				FailedExtension.warn(logger,
						"Execution listener " + listener.getClass().getName() + " failed; the call is not affected",
						ex);
			}
		}
	}

}

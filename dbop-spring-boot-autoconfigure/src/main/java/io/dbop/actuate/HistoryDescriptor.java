package io.dbop.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dbop.scaling.Step;
import io.dbop.scaling.Window;
import org.jspecify.annotations.Nullable;

/**
 * What happened on a database in the last quarter of an hour, step by step: columns of
 * equal length, the oldest step first. What is not known is {@code null}.
 *
 * @param stepSeconds how long a step is
 * @param utilisation the share of the connections in use at the end of each step
 * @param active the connections in use at the end of each step
 * @param waiting the callers waiting at the end of each step
 * @param waitMillis how long callers waited on average
 * @param timeoutRate the share of callers that got no connection in time
 */
public record HistoryDescriptor(double stepSeconds, List<@Nullable Double> utilisation, List<Integer> active,
		List<Integer> waiting, List<@Nullable Double> waitMillis, List<@Nullable Double> timeoutRate) {

	static HistoryDescriptor of(Duration interval, List<Step> steps) {
		HistoryDescriptor history = new HistoryDescriptor(interval.toMillis() / 1e3, new ArrayList<>(),
				new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		steps.forEach(history::add);
		return history;
	}

	private void add(Step step) {
		Window window = step.window();
		Integer max = step.status().max();
		boolean called = window.callers() + window.pool().errors() > 0;
		this.utilisation.add((max != null && max > 0) ? (double) step.status().active() / max : null);
		this.active.add(step.status().active());
		this.waiting.add(step.status().waiting());
		this.waitMillis.add(called ? window.averageWait().toNanos() / 1e6 : null);
		this.timeoutRate.add((window.callers() > 0) ? window.timeoutRate() : null);
	}

}

package io.dbop.test.wire;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts how often an action goes to the server and back. */
public final class RoundTrips {

	private static final int RUNS = 10;

	private RoundTrips() {
	}

	/**
	 * Runs an action until it is warm, and then counts. It must cost the same each time,
	 * and open no connection.
	 * @param proxy what it goes through
	 * @param action the action
	 * @param <E> what it may throw
	 * @return the round trips of one run
	 * @throws E if the action does
	 */
	public static <E extends Throwable> int of(WireProxy proxy, Action<E> action) throws E {
		run(action);
		Traffic before = proxy.traffic();
		run(action);
		Traffic used = proxy.traffic().since(before);
		assertThat(used.connections()).isZero();
		assertThat(used.roundTrips() % RUNS).as("%d round trips of %d runs", used.roundTrips(), RUNS).isZero();
		return used.roundTrips() / RUNS;
	}

	private static <E extends Throwable> void run(Action<E> action) throws E {
		for (int i = 0; i < RUNS; i++) {
			action.run();
		}
	}

	/**
	 * What is run.
	 *
	 * @param <E> what it may throw
	 */
	@FunctionalInterface
	public interface Action<E extends Throwable> {

		/**
		 * Runs it.
		 * @throws E if it fails
		 */
		void run() throws E;

	}

}

package io.dbop.replica;

/**
 * Does something again and again on a thread of its own, until it is closed.
 */
final class Rounds implements AutoCloseable {

	private final Round round;

	private final Runnable end;

	private final Thread thread;

	private volatile boolean closed;

	/**
	 * Begins.
	 * @param name the name of the thread
	 * @param round what is done, and the wait after it
	 * @param end what is done in the end
	 */
	Rounds(String name, Round round, Runnable end) {
		this.round = round;
		this.end = end;
		this.thread = new Thread(this::run, name);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void run() {
		try {
			while (!this.closed) {
				this.round.go();
			}
		}
		catch (InterruptedException ex) {
			// It was closed.
		}
		finally {
			this.end.run();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.thread.interrupt();
	}

	/** What is done again and again. */
	@FunctionalInterface
	interface Round {

		void go() throws InterruptedException;

	}

}

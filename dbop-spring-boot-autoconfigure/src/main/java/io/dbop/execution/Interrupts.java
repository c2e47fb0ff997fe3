package io.dbop.execution;

/** Tells an interrupt of the calling thread from a failure, and keeps its flag. */
final class Interrupts {

	private Interrupts() {
	}

	static boolean interrupted(Throwable thrown) {
		if (thrown instanceof InterruptedException) {
			Thread.currentThread().interrupt();
		}
		return Thread.currentThread().isInterrupted();
	}

}

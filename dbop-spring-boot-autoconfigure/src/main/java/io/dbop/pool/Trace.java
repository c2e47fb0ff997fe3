package io.dbop.pool;

/**
 * A stack, to be logged or looked at. What it consists of is worked out when it is asked
 * for; to take it costs much less.
 */
final class Trace extends Throwable {

	private Trace(String message) {
		super(message, null, false, true);
	}

	/**
	 * The stack of the caller, who takes a connection.
	 */
	static Trace here() {
		return new Trace("taken here");
	}

	/**
	 * What a thread does now. Costs a safepoint.
	 */
	static Trace of(Thread thread) {
		Trace trace = new Trace("what its thread does now");
		trace.setStackTrace(thread.getStackTrace());
		return trace;
	}

	@Override
	public String toString() {
		return String.valueOf(getMessage());
	}

}

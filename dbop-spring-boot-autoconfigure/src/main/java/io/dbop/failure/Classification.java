package io.dbop.failure;

/**
 * What a {@link FailureClassifier} says of a failure: its kind, how much has to be done
 * again, and whether its work may nevertheless be committed. What that means in a certain
 * phase, which only the connection knows, tells {@link #outcomeUnknownIn(Phase)}.
 *
 * @param kind what happened
 * @param redo how much has to be done again
 * @param doubt whether work may be committed in spite of it
 */
public record Classification(FailureKind kind, Redo redo, Doubt doubt) {

	/**
	 * A failure that must not be retried.
	 * @param kind what happened
	 * @return the classification
	 */
	public static Classification never(FailureKind kind) {
		return new Classification(kind, Redo.NEVER, Doubt.NONE);
	}

	/**
	 * A failure that may be retried, since the server has certainly not committed.
	 * @param kind what happened
	 * @param redo how much has to be done again
	 * @return the classification
	 */
	public static Classification retryable(FailureKind kind, Redo redo) {
		return new Classification(kind, redo, Doubt.NONE);
	}

	/**
	 * A failure that may be retried unless it struck a commit.
	 * @param kind what happened
	 * @param redo how much has to be done again
	 * @return the classification
	 */
	public static Classification doubtfulAtCommit(FailureKind kind, Redo redo) {
		return new Classification(kind, redo, Doubt.AT_COMMIT);
	}

	/**
	 * A failure after which nobody can tell whether the work was committed.
	 * @param kind what happened
	 * @return the classification
	 */
	public static Classification outcomeUnknown(FailureKind kind) {
		return new Classification(kind, Redo.CONNECTION, Doubt.ALWAYS);
	}

	/**
	 * Whether the outcome of the work is unknown if this struck in the given phase. What
	 * failed to connect when COMMIT was sent leaves that open, whatever its doubt: there
	 * was a connection, and a driver that fails over has looked for another one.
	 * @param phase what the connection was doing
	 * @return whether the work may be committed
	 */
	public boolean outcomeUnknownIn(Phase phase) {
		return switch (this.doubt) {
			case ALWAYS -> phase != Phase.ACQUIRING && phase != Phase.BEGINNING;
			case AT_COMMIT -> phase == Phase.COMMITTING || phase == Phase.AUTOCOMMIT;
			case NONE -> phase == Phase.COMMITTING && ofConnecting();
		};
	}

	private boolean ofConnecting() {
		return this.redo == Redo.CONNECTION
				&& (this.kind == FailureKind.CONNECT || this.kind == FailureKind.ACQUISITION_TIMEOUT);
	}

}

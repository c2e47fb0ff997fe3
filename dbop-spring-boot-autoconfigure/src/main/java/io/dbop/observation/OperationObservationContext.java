package io.dbop.observation;

/** What is known of an operation while it is observed. */
public final class OperationObservationContext extends DatabaseObservationContext {

	OperationObservationContext(String alias, String operation) {
		super(alias, operation);
	}

}

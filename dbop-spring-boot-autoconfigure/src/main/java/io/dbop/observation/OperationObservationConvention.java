package io.dbop.observation;

import io.dbop.execution.Ending;
import io.dbop.observation.DatabaseObservation.OperationKeys;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of the observations of operations. A bean of this type replaces them:
 * what it does not override is as documented. Implementations are thread-safe.
 */
public interface OperationObservationConvention extends ObservationConvention<OperationObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof OperationObservationContext;
	}

	@Override
	default String getName() {
		return "dbop.operation";
	}

	@Override
	default String getContextualName(OperationObservationContext context) {
		return context.getOperation();
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(OperationObservationContext context) {
		return KeyTexts.of(context);
	}

	@Override
	default KeyValues getHighCardinalityKeyValues(OperationObservationContext context) {
		Ending ending = context.getEnding();
		return (ending != null) ? KeyValues.of(OperationKeys.ATTEMPTS.withValue(String.valueOf(ending.attempts())))
				: KeyValues.empty();
	}

}

package io.dbop.observation;

import io.dbop.observation.DatabaseObservation.AttemptKeys;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of the observations of attempts. A bean of this type replaces them: what
 * it does not override is as documented. Implementations are thread-safe.
 */
public interface AttemptObservationConvention extends ObservationConvention<AttemptObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof AttemptObservationContext;
	}

	@Override
	default String getName() {
		return "dbop.attempt";
	}

	@Override
	default String getContextualName(AttemptObservationContext context) {
		return "attempt";
	}

	@Override
	default KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
		return KeyTexts.of(context).and(AttemptKeys.ATTEMPT.withValue(KeyTexts.attempt(context.getAttempt())));
	}

}

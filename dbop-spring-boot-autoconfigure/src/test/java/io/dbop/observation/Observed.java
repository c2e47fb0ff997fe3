package io.dbop.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.jspecify.annotations.Nullable;

/** What was observed, in the order of its beginning, in a form that can be compared. */
final class Observed {

	private Observed() {
	}

	/** As {@code dbop.attempt < dbop.operation}, for each. */
	static List<String> names(TestObservationRegistry registry) {
		return contexts(registry).stream().map(Observed::ancestry).toList();
	}

	/** As {@code failure deadlock 40001}, for each of this name. */
	static List<String> endings(TestObservationRegistry registry, String name) {
		return contexts(registry).stream()
			.filter((context) -> name.equals(context.getName()))
			.map((context) -> "%s %s %s".formatted(value(context, "outcome"), value(context, "classification"),
					value(context, "sqlstate")))
			.toList();
	}

	/** The values of a key, for each that has it. */
	static List<String> values(TestObservationRegistry registry, String key) {
		return contexts(registry).stream()
			.map((context) -> value(context, key))
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.toList();
	}

	static List<Observation.Context> contexts(TestObservationRegistry registry) {
		List<Observation.Context> contexts = new ArrayList<>();
		TestObservationRegistryAssert.assertThat(registry).hasHandledContextsThatSatisfy(contexts::addAll);
		return contexts;
	}

	private static @Nullable String value(Observation.Context context, String key) {
		KeyValue low = context.getLowCardinalityKeyValue(key);
		KeyValue found = (low != null) ? low : context.getHighCardinalityKeyValue(key);
		return (found != null) ? found.getValue() : null;
	}

	private static String ancestry(Observation.ContextView context) {
		ObservationView parent = context.getParentObservation();
		return context.getContextualName() + ((parent != null) ? " < " + ancestry(parent.getContextView()) : "");
	}

}

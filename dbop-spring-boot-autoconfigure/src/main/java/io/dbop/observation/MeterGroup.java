package io.dbop.observation;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;

/**
 * Registers meters with the same tags. All of them read what is counted anyway.
 *
 * @param registry where the meters go
 * @param tags the tags that all of them have
 */
record MeterGroup(MeterRegistry registry, Tags tags) {

	/** The group of a database. */
	static MeterGroup of(MeterRegistry registry, String alias) {
		return new MeterGroup(registry, Tags.of(DatabaseMeters.ALIAS, alias));
	}

	/** The same with another tag. */
	MeterGroup with(String tag, String value) {
		return new MeterGroup(this.registry, this.tags.and(tag, value));
	}

	/** The same with another tag, of which there are as many values as constants. */
	MeterGroup with(String tag, Enum<?> value) {
		return with(tag, value.name().toLowerCase(Locale.ROOT));
	}

	<T> void count(String name, String description, T source, ToDoubleFunction<T> value) {
		FunctionCounter.builder(name, source, value).description(description).tags(this.tags).register(this.registry);
	}

	<T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
		Gauge.builder(name, source, value)
			.description(description)
			.tags(this.tags)
			.strongReference(true)
			.register(this.registry);
	}

	<T> void timer(String name, String description, T source, ToLongFunction<T> count, ToDoubleFunction<T> nanos) {
		FunctionTimer.builder(name, source, count, nanos, TimeUnit.NANOSECONDS)
			.description(description)
			.tags(this.tags)
			.register(this.registry);
	}

	<T> void time(String name, String description, T source, ToDoubleFunction<T> nanos) {
		TimeGauge.builder(name, source, TimeUnit.NANOSECONDS, nanos)
			.description(description)
			.tags(this.tags)
			.strongReference(true)
			.register(this.registry);
	}

}

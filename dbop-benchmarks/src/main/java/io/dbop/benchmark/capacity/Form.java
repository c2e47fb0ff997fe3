package io.dbop.benchmark.capacity;

import java.time.Duration;
import java.util.List;

/**
 * How thoroughly it is measured.
 */
enum Form {

	/** What is published. Whoever reads the last minute reads nothing else. */
	FULL(Duration.ofSeconds(20), Duration.ofSeconds(60),
			List.of(Row.of(1, 100), Row.of(1, 180), Row.of(1, 200), Row.of(1, 200).afterSurge(), Row.of(1, 220),
					Row.of(1, 300), Row.of(1, 400), Row.of(2, 360), Row.of(2, 400), Row.of(2, 600), Row.of(5, 900),
					Row.of(5, 1000), Row.of(5, 1500), Row.of(2, 500).allowing(30))),

	/** A quick look. */
	SHORT(Duration.ofSeconds(12), Duration.ofSeconds(20),
			List.of(Row.of(1, 180), Row.of(1, 300), Row.of(2, 400), Row.of(5, 900)));

	private final Duration warmUp;

	private final Duration measured;

	private final List<Row> rows;

	Form(Duration warmUp, Duration measured, List<Row> rows) {
		this.warmUp = warmUp;
		this.measured = measured;
		this.rows = rows;
	}

	Duration warmUp() {
		return this.warmUp;
	}

	Duration measured() {
		return this.measured;
	}

	List<Row> rows() {
		return this.rows;
	}

}

package io.dbop.benchmark.capacity;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How thoroughly it is measured.
 */
enum Form {

	/** What is published. Whoever reads the last minute reads nothing else. */
	FULL(Duration.ofSeconds(20), Duration.ofSeconds(60),
			"1x180 1x200 1x200s 1x220 1x300 2x400 2x600 5x900 5x1000 5x1100 2x500/30 "
					+ "1x360r 2x500/30r 2x360g 2x600g"),

	/** A quick look. */
	SHORT(Duration.ofSeconds(12), Duration.ofSeconds(20), "1x180 1x300 2x400 5x900");

	private final Duration warmUp;

	private final Duration measured;

	private final List<Row> rows;

	Form(Duration warmUp, Duration measured, String rows) {
		this.warmUp = warmUp;
		this.measured = measured;
		this.rows = Stream.of(rows.split(" ")).map(Row::parse).toList();
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

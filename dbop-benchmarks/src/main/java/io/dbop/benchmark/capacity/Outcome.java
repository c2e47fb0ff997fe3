package io.dbop.benchmark.capacity;

import java.util.List;

/**
 * What came of a row.
 *
 * @param row the row
 * @param figures what all users got while it was measured
 * @param lastMinute what the users of each server got in the last minute
 * @param readings what the endpoint of each server said at its end
 */
record Outcome(Row row, Figures figures, List<Figures> lastMinute, List<Reading> readings) {

	double share() {
		return this.figures.throughput() / this.row.limit();
	}

}

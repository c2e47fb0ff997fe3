package io.dbop.actuate;

import java.time.Instant;
import java.util.List;

import io.dbop.scaling.Advice;
import io.dbop.scaling.AdviceLevel;
import io.dbop.scaling.Report;

/**
 * What is the case on a database, and what to do about it.
 *
 * @param level the most pressing level
 * @param since since when the level holds that was announced last
 * @param sentence what to read first
 * @param items all there is to say, the most pressing first
 */
public record AdviceDescriptor(AdviceLevel level, Instant since, String sentence, List<Advice> items) {

	static AdviceDescriptor of(Report report) {
		return new AdviceDescriptor(report.level(), report.since(), report.headline(), report.advice());
	}

}

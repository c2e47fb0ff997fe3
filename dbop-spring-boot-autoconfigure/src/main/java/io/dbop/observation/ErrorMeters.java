package io.dbop.observation;

import io.dbop.failure.FailureCounts;
import io.dbop.failure.FailureKind;

/** Failed attempts by what was wrong. */
final class ErrorMeters {

	private ErrorMeters() {
	}

	static void bind(MeterGroup group, FailureCounts failures) {
		for (FailureKind kind : FailureKind.values()) {
			group.with("kind", kind)
				.count("dbop.errors", "Attempts that failed, by what was wrong", failures, (each) -> each.count(kind));
		}
	}

}

package io.dbop.observation;

import java.util.concurrent.TimeUnit;

import io.dbop.execution.OperationStatistics;
import io.dbop.execution.RetryOutcome;

/** The calls of an operation, and what retrying did for them. */
final class OperationMeters {

	private OperationMeters() {
	}

	static void bind(MeterGroup database, OperationStatistics operation) {
		MeterGroup group = database.with("operation", operation.operation());
		calls(group, operation);
		retries(group, operation);
		commits(group, operation);
	}

	private static void calls(MeterGroup group, OperationStatistics operation) {
		group.timer("dbop.operations", "Calls, waits and retries included", operation, OperationStatistics::calls,
				(each) -> each.totalTime(TimeUnit.NANOSECONDS));
		group.count("dbop.operations.failures", "Calls that failed for good", operation, OperationStatistics::failures);
		group.count("dbop.operations.rejections", "Calls that an open circuit breaker refused", operation,
				OperationStatistics::rejections);
		group.count("dbop.operations.timeouts", "Attempts that ran out of time", operation,
				OperationStatistics::timeouts);
	}

	private static void retries(MeterGroup group, OperationStatistics operation) {
		group.count("dbop.retries", "Attempts that followed a first one", operation, OperationStatistics::retries);
		for (RetryOutcome outcome : RetryOutcome.values()) {
			group.with("outcome", outcome)
				.count("dbop.retries.outcomes", "Calls that were repeated, or were to be, by how they ended", operation,
						(each) -> each.outcomes(outcome));
		}
	}

	private static void commits(MeterGroup group, OperationStatistics operation) {
		group.count("dbop.commits.doubtful", "Commits whose outcome was unknown", operation,
				OperationStatistics::doubtfulCommits);
		group.count("dbop.commits.verified", "Doubtful commits found to have landed", operation,
				OperationStatistics::verifiedCommits);
	}

}

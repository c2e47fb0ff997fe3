package io.dbop.execution;

import java.sql.SQLException;
import java.util.List;

import io.dbop.failure.SqlExceptionChain;
import org.apache.commons.logging.Log;

/**
 * Tells of the failure of an extension: with its stack where that is its own, without
 * where a database is behind it, since a driver's messages may hold values.
 */
final class FailedExtension {

	private FailedExtension() {
	}

	static void warn(Log logger, String message, Throwable failure) {
		List<SQLException> ofDriver = SqlExceptionChain.of(failure);
		if (ofDriver.isEmpty()) {
			logger.warn(message, failure);
		}
		else {
			logger.warn(message + " (" + failure.getClass().getName() + ", " + Failure.code(ofDriver.get(0)) + ")");
		}
	}

}

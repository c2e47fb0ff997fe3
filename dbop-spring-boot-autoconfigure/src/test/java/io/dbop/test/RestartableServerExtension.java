package io.dbop.test;

import java.io.UncheckedIOException;

import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.jspecify.annotations.Nullable;

/**
 * Gives each test a running server of its own.
 */
final class RestartableServerExtension extends DatabaseExtension {

	RestartableServerExtension(TestDatabase database) {
		super(database, DatabaseTally.of(database), RestartableServer.class);
	}

	@Override
	@Nullable String skipReason(Store test) {
		try {
			RestartableServer server = RestartableServer.of(database());
			test.put(RestartableServer.class, server);
			server.start();
			return null;
		}
		catch (UncheckedIOException ex) {
			return ex.getMessage();
		}
	}

	@Override
	Object resource(Store test) {
		return test.get(RestartableServer.class);
	}

}

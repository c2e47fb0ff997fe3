package io.dbop.test;

import java.util.UUID;

import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.jspecify.annotations.Nullable;

/**
 * Gives each test an empty database on the server that all tests share.
 */
final class FreshDatabaseExtension extends DatabaseExtension {

	FreshDatabaseExtension(TestDatabase database) {
		super(database, DatabaseTally.of(database), DatabaseInstance.class);
	}

	@Override
	@Nullable String skipReason(Store test) {
		return database().skipReason();
	}

	@Override
	Object resource(Store test) {
		DatabaseInstance fresh = database().freshDatabase();
		test.put(UUID.randomUUID(), fresh);
		return fresh;
	}

}

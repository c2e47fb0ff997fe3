package io.dbop.test;

import java.util.UUID;

import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.jspecify.annotations.Nullable;

/**
 * Gives each test an empty database on the server that all tests share.
 */
final class FreshDatabaseExtension extends DatabaseExtension {

	private final int driver;

	/**
	 * Describe what tests get.
	 * @param database the database that they run on
	 * @param driver which of its drivers, counted from 0
	 */
	FreshDatabaseExtension(TestDatabase database, int driver) {
		super(database, DatabaseTally.of(database), DatabaseInstance.class);
		this.driver = driver;
	}

	@Override
	String title() {
		return super.title() + ((this.driver == 0) ? "" : " behind the other driver");
	}

	@Override
	@Nullable String skipReason(Store test) {
		return database().skipReason();
	}

	@Override
	Object resource(Store test) {
		DatabaseInstance fresh = database().freshDatabase();
		test.put(UUID.randomUUID(), fresh);
		return fresh.drivers().get(this.driver);
	}

	@Override
	Object resourceOnOneNode(Store test, String reason) {
		DatabaseInstance fresh = (DatabaseInstance) resource(test);
		DatabaseInstance onOne = fresh.onOneNode();
		if (onOne != fresh && test.get(OnOneNode.class) == null) {
			test.put(OnOneNode.class, reason);
			tally().countOnOneNode(reason);
		}
		return onOne;
	}

}

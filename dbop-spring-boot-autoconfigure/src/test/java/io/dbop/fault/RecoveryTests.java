package io.dbop.fault;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How soon callers are served when a server can be reached again. */
@Tag("fault")
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class RecoveryTests {

	private final DatabaseInstance database;

	RecoveryTests(DatabaseInstance database) {
		this.database = database;
	}

	@Test
	@DisplayName("recovery: within 1 s of the port being open, without a stampede")
	void whenThePortIsOpenAgainThenAllPoolsServeWithinASecond() throws Throwable {
		InTime.keep(() -> {
			try (EightPools pools = new EightPools(this.database)) {
				pools.survive(pools::down, pools::up);
			}
		});
	}

}

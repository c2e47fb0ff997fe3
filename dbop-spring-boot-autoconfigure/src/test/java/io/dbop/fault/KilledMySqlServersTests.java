package io.dbop.fault;

import java.sql.SQLException;

import io.dbop.test.EachRestartableServer;
import io.dbop.test.RestartableServer;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same on servers that take several seconds to start: in the full form only. */
@EachRestartableServer({ TestDatabase.MARIADB, TestDatabase.MYSQL })
@EnabledIfSystemProperty(named = "dbop.test.faults", matches = "full")
class KilledMySqlServersTests extends KilledServerTests {

	KilledMySqlServersTests(RestartableServer server) throws SQLException {
		super(server);
	}

}

package io.dbop.fault;

import io.dbop.test.EachRestartableServer;
import io.dbop.test.RestartableServer;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How soon callers are served when a server that was killed has started again. In between
 * those who connect get as far as the proxy, which counts them.
 */
@Tag("fault")
@EachRestartableServer(TestDatabase.POSTGRESQL)
class KilledServerTests {

	private final RestartableServer server;

	KilledServerTests(RestartableServer server) {
		this.server = server;
	}

	@Test
	@DisplayName("recovery: within 1 s of the start of a server that was killed, without a stampede")
	void whenTheServerHasStartedAgainThenAllPoolsServeWithinASecond() throws Throwable {
		InTime.keep(() -> {
			try (EightPools pools = new EightPools(this.server.freshDatabase())) {
				pools.survive(this.server::kill, this.server::start);
			}
		});
	}

}

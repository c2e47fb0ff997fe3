package io.dbop.fault;

import io.dbop.test.EachRestartableServer;
import io.dbop.test.RestartableServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What callers notice of a server that does not answer any more. */
@Tag("fault")
@EachRestartableServer
class NothingHangsTests {

	private final RestartableServer server;

	NothingHangsTests(RestartableServer server) {
		this.server = server;
	}

	@Test
	@DisplayName("frozen: given up within 1.5 s of an attempt timeout of 1 s, in every phase; P7: the application closes")
	void whenTheServerIsFrozenThenEveryCallIsGivenUpInTimeAndNoOtherDatabaseNotices() throws Throwable {
		InTime.keep(() -> new FrozenServer(this.server).check());
	}

}

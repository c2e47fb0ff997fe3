package io.dbop.fault;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.Cluster;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachCluster;
import io.dbop.test.TestDatabase;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A node that the others have left alone, and that therefore refuses what it is asked.
 */
@Tag("fault")
@EachCluster
class LostQuorumTests {

	private static final Log logger = LogFactory.getLog(LostQuorumTests.class);

	/** What a node says that may not go on, by the database. */
	private static final Map<TestDatabase, List<Integer>> REFUSALS = Map.of(TestDatabase.MARIADB, List.of(1047),
			TestDatabase.MYSQL, List.of(3100, 3796, 1290));

	private final DatabaseInstance database;

	private final Cluster cluster = new Cluster();

	LostQuorumTests(DatabaseInstance database) {
		this.database = database;
	}

	@AfterEach
	void restore() {
		for (int node = 1; node <= this.cluster.size(); node++) {
			this.cluster.thaw(node);
		}
		for (int node = 1; node <= this.cluster.size(); node++) {
			this.cluster.start(node);
		}
	}

	@Test
	void whenANodeIsAloneThenItsRefusalsAreThoseOfALostServerAndNothingIsLost() throws Exception {
		DatabaseInstance first = this.database.nodes().get(0);
		try (Branch branch = Branch.of(Branch.Plain.class, first, first)) {
			branch.awaitAcknowledged(50);
			this.cluster.freeze(2);
			this.cluster.freeze(3);
			List<Integer> expected = REFUSALS.get(this.database.database());
			await().atMost(Duration.ofSeconds(60))
				.until(() -> branch.clients.failed.values().stream().anyMatch((ex) -> refused(ex, expected)));
			restore();
			await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> branch.awaitAcknowledged(50));
			Books books = branch.audit();
			logger.info(branch);
			books.agreeWith(branch.clients);
			assertThat(branch.figures().breakers().get(0).refusedCalls()).as("refused by the breaker").isPositive();
		}
	}

	private static boolean refused(Exception failure, List<Integer> codes) {
		return SqlExceptionChain.of(failure).stream().map(SQLException::getErrorCode).anyMatch(codes::contains);
	}

}

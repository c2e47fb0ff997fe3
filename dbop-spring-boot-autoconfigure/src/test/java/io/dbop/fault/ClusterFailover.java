package io.dbop.fault;

import java.time.Duration;
import java.util.stream.Stream;

import io.dbop.test.ElectingCluster;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications whose {@code hosts} name the servers of a cluster that elects its primary,
 * when another one becomes that.
 */
@Tag("fault")
@TestInstance(Lifecycle.PER_CLASS)
abstract class ClusterFailover {

	private static final Log logger = LogFactory.getLog(ClusterFailover.class);

	private static final Duration BOUND = Duration.ofSeconds(2);

	private final ElectingCluster cluster;

	ClusterFailover(ElectingCluster cluster) {
		this.cluster = cluster;
	}

	@AfterAll
	void close() {
		this.cluster.close();
	}

	private Branch open(String... more) {
		return new Branch(Branch.Plain.class, this.cluster.dataSource(),
				Stream.concat(this.cluster.alias("main").stream(), Stream.of(more)).toList());
	}

	@Test
	@DisplayName("cluster: its primary is killed, writes go on at the new one, nothing is lost or done twice")
	void whenThePrimaryIsKilledThenWritesGoOnWithinTwoSecondsOfTheElection() throws Exception {
		try (Branch branch = open()) {
			branch.awaitAcknowledged(100);
			int killed = this.cluster.primary();
			this.cluster.kill(killed);
			Duration took = branch.silenceAfter(this.cluster::primary);
			logger.info(
					"%s: first write %d ms after the election".formatted(getClass().getSimpleName(), took.toMillis()));
			branch.awaitAcknowledged(100);
			this.cluster.start(killed);
			assertThat(this.cluster.primary()).as("the killed one is back, as a replica").isNotEqualTo(killed);
			branch.awaitAcknowledged(100);
			Books books = branch.audit();
			logger.info(getClass().getSimpleName() + ", killed: " + branch);
			books.agreeWith(branch.clients);
			assertThat(took).as("from the election to the first write").isLessThan(BOUND);
		}
	}

	@Test
	@DisplayName("cluster: another primary is made in order, no call fails that the breaker does not refuse")
	void whenThePrimaryHandsOverThenNoCallFails() throws Exception {
		try (Branch branch = open("dbop.databases.main.circuit-breaker.failure-threshold=1000")) {
			branch.awaitAcknowledged(100);
			this.cluster.switchOver();
			branch.awaitAcknowledged(100);
			Books books = branch.audit();
			logger.info(getClass().getSimpleName() + ", handed over: " + branch);
			books.agreeWith(branch.clients);
			assertThat(branch.clients.failed).isEmpty();
		}
	}

	@Test
	@DisplayName("cluster: an application starts and writes, whichever of the hosts is the primary")
	void whenAnyHostIsThePrimaryThenAnApplicationWritesThere() throws Exception {
		for (int i = 0; i < 2; i++) {
			this.cluster.switchOver();
			try (Branch branch = open()) {
				branch.awaitAcknowledged(10);
				assertThat(branch.clients.failed).isEmpty();
			}
		}
	}

}

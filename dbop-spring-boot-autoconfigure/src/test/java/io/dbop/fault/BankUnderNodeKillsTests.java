package io.dbop.fault;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.dbop.test.Applications;
import io.dbop.test.Cluster;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachCluster;
import io.dbop.test.FaultForm;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Banks on a cluster whose nodes are killed in turn and started again: with the hosts in
 * their order, as {@code hosts} has them, and spread over all. They share the kills.
 */
@Tag("fault")
@EachCluster
class BankUnderNodeKillsTests {

	private static final Log logger = LogFactory.getLog(BankUnderNodeKillsTests.class);

	private static final int KILLS = FaultForm.choose(2, 12);

	private static final int TRANSFERS_BETWEEN_KILLS = 100;

	/**
	 * Whose refusals would end the calls that can be repeated; and nodes conflict more
	 * than often.
	 */
	private static final List<String> PATIENT = List.of("dbop.databases.main.circuit-breaker.enabled=false",
			"dbop.databases.main.retry.max-retries=20");

	private final DatabaseInstance database;

	private final DatabaseInstance other;

	private final Cluster cluster = new Cluster();

	private final List<Branch> branches = new ArrayList<>();

	BankUnderNodeKillsTests(DatabaseInstance database, DatabaseInstance other) {
		this.database = database;
		this.other = other;
	}

	@AfterEach
	void close() throws InterruptedException {
		for (Branch branch : this.branches) {
			branch.close();
		}
		for (int node = 1; node <= this.cluster.size(); node++) {
			this.cluster.start(node);
		}
	}

	@Test
	void whenNodesAreKilledInTurnThenTheBooksAgreeWithWhatClientsWereTold() throws Exception {
		Branch inOrder = open(
				new Branch(Branch.Plain.class, this.database.dataSource(), properties(hosts(this.database))));
		Branch everywhere = open(new Branch(Branch.Verifying.class, this.other.dataSource(),
				properties(List.of(Applications.alias("main", this.other)))));
		for (int i = 0; i < KILLS; i++) {
			int node = 1 + i % this.cluster.size();
			awaitTransfers();
			this.cluster.kill(node);
			awaitTransfers();
			this.cluster.start(node);
		}
		awaitTransfers();
		Books books = inOrder.audit();
		logger.info(inOrder);
		books.agreeWith(inOrder.clients);
		Books verified = everywhere.audit();
		logger.info(everywhere);
		verified.agreeWith(everywhere.clients);
		assertThat(everywhere.clients.doubtful).as("unresolved doubts").isEmpty();
		assertThat(inOrder.retries().recovered()).as("transfers that succeeded in spite of a kill").isPositive();
	}

	private void awaitTransfers() {
		this.branches.forEach((branch) -> branch.awaitAcknowledged(TRANSFERS_BETWEEN_KILLS));
	}

	private Branch open(Branch branch) {
		this.branches.add(branch);
		return branch;
	}

	private static List<String> properties(List<String> location) {
		List<String> properties = new ArrayList<>(PATIENT);
		properties.addAll(location);
		return properties;
	}

	/** The nodes by their hosts, of which dbop makes a URL. */
	private static List<String> hosts(DatabaseInstance database) {
		List<URI> nodes = database.nodes().stream().map((node) -> URI.create(node.url().substring(5))).toList();
		return List.of("dbop.databases.main.type=" + database.database().name().toLowerCase(Locale.ROOT),
				"dbop.databases.main.hosts=" + nodes.stream().map(URI::getAuthority).collect(Collectors.joining(",")),
				"dbop.databases.main.database=" + nodes.get(0).getPath().substring(1),
				"dbop.databases.main.username=" + database.username(),
				"dbop.databases.main.password=" + database.password());
	}

}

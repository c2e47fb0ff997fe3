package io.dbop.fault;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.dbop.actuate.DatabaseDescriptor;
import io.dbop.actuate.DatabaseDescriptor.OperationDescriptor;
import io.dbop.circuit.CircuitOpenException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachRestartableServer;
import io.dbop.test.FaultForm;
import io.dbop.test.RestartableServer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Banks whose database server is killed again and again, one behind each driver. They
 * share the kills.
 */
@Tag("fault")
@EachRestartableServer
class BankUnderKillTests {

	private static final Log logger = LogFactory.getLog(BankUnderKillTests.class);

	private static final int KILLS = FaultForm.choose(1, 20);

	private static final int TRANSFERS_BETWEEN_KILLS = 100;

	private static final String NO_BREAKER = "dbop.databases.main.circuit-breaker.enabled=false";

	private final RestartableServer server;

	private final List<Branch> branches = new ArrayList<>();

	BankUnderKillTests(RestartableServer server) {
		this.server = server;
	}

	@AfterEach
	void close() throws InterruptedException {
		for (Branch branch : this.branches) {
			branch.close();
		}
	}

	@Test
	@DisplayName("bank: nothing acknowledged is lost, nothing is done twice, every doubt is reported or resolved")
	void whenTheServerIsKilledAgainAndAgainThenTheBooksAgreeWithWhatClientsWereTold() throws Exception {
		List<Branch> plain = open(Branch.Plain.class);
		// Without a breaker, whose refusals would end the calls that can be repeated.
		List<Branch> verifying = open(Branch.Verifying.class, NO_BREAKER);
		List<Branch> naive = (FaultForm.current() == FaultForm.FULL) ? open(Branch.Naive.class, "dbop.enabled=false")
				: List.of();
		killAgainAndAgain();
		for (Branch branch : plain) {
			checkReported(branch);
		}
		for (Branch branch : verifying) {
			checkResolved(branch);
		}
		tellOfControl(naive);
	}

	private static void checkReported(Branch branch) throws InterruptedException {
		Books books = branch.audit();
		logger.info(branch);
		books.agreeWith(branch.clients);
		assertThat(branch.retries().doubtfulCommits()).as("doubtful commits").isEqualTo(branch.clients.doubtful.size());
		DatabaseDescriptor figures = branch.figures();
		assertThat(branch.clients.failed.values()).hasAtLeastOneElementOfType(CircuitOpenException.class);
		assertThat(figures.operations().values()).singleElement()
			.extracting(OperationDescriptor::rejections)
			.as("refused calls")
			.isEqualTo(figures.breakers().get(0).refusedCalls());
	}

	private static void checkResolved(Branch branch) throws InterruptedException {
		Books books = branch.audit();
		logger.info(branch);
		books.holdExactlyWhatWasAcknowledged(branch.clients);
		assertThat(branch.clients.doubtful).as("unresolved doubts").isEmpty();
		assertThat(branch.retries().recovered()).as("transfers that succeeded in spite of a kill").isPositive();
	}

	/**
	 * Told and not required, since a kill has to strike between a commit and its answer.
	 * {@link BankUnderCutsTests} has a control that needs no luck.
	 */
	private void tellOfControl(List<Branch> naive) throws InterruptedException {
		int doubled = 0;
		for (Branch branch : naive) {
			doubled += branch.audit().doubled();
		}
		logger.info("control: %d transfers done twice by %d kills".formatted(doubled, KILLS));
	}

	private List<Branch> open(Class<?> kind, String... properties) throws SQLException {
		List<Branch> opened = new ArrayList<>();
		int drivers = this.server.freshDatabase().drivers().size();
		for (int i = 0; i < drivers; i++) {
			DatabaseInstance bank = this.server.freshDatabase().drivers().get(i);
			opened.add(Branch.of(kind, bank, bank, properties));
		}
		this.branches.addAll(opened);
		return opened;
	}

	private void killAgainAndAgain() {
		for (int i = 0; i < KILLS; i++) {
			kill(this.branches);
		}
		this.branches.forEach((branch) -> branch.awaitAcknowledged(TRANSFERS_BETWEEN_KILLS));
	}

	private void kill(List<Branch> working) {
		working.forEach((branch) -> branch.awaitAcknowledged(TRANSFERS_BETWEEN_KILLS));
		this.server.kill();
		this.server.start();
	}

}

package io.dbop.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.FaultForm;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Banks whose connections are cut again and again, one behind each driver. */
@Tag("fault")
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class BankUnderCutsTests {

	private static final Log logger = LogFactory.getLog(BankUnderCutsTests.class);

	private static final int CUTS = FaultForm.choose(12, 200);

	/** Without it the cuts alone would keep it open, and calls would be refused. */
	private static final String NO_BREAKER = "dbop.databases.main.circuit-breaker.enabled=false";

	private static final List<String> STATEMENTS = List.of("insert into ledger", "update account", "commit");

	private final DatabaseInstance database;

	private final List<AutoCloseable> open = new ArrayList<>();

	BankUnderCutsTests(DatabaseInstance database) {
		this.database = database;
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	@Test
	@DisplayName("bank: each lost commit is reported as one in doubt, and not repeated")
	void whenCommitsAreLostThenEachIsReportedAndNoneIsRepeated() throws Exception {
		for (DatabaseInstance driver : this.database.drivers()) {
			WireProxy proxy = proxy(driver);
			try (Branch branch = Branch.of(Branch.Plain.class, driver, driver.through(proxy), NO_BREAKER)) {
				cutCommits(proxy, CutPoint.BEFORE_ANSWER);
				cutCommits(proxy, CutPoint.BEFORE_SERVER);
				Books books = branch.audit();
				logger.info("%s: %d cuts at commits, %s".formatted(driver.driverClassName(), 2 * CUTS, branch));
				books.agreeWith(branch.clients);
				assertThat(branch.clients.doubtful).as("doubts reported").hasSize(2 * CUTS);
				assertThat(branch.retries().doubtfulCommits()).as("doubts counted").isEqualTo(2 * CUTS);
				Set<Long> landed = new HashSet<>(branch.clients.doubtful);
				landed.retainAll(books.entries().keySet());
				assertThat(landed).as("in doubt, and done").hasSize(CUTS);
				assertThat(branch.clients.failed).isEmpty();
			}
		}
	}

	@Test
	@DisplayName("bank: a verifier resolves each lost commit, whichever way it went")
	void whenCommitsAreLostAndVerifiedThenEachTransferIsDoneOnce() throws Exception {
		for (DatabaseInstance driver : this.database.drivers()) {
			WireProxy proxy = proxy(driver);
			try (Branch branch = Branch.of(Branch.Verifying.class, driver, driver.through(proxy), NO_BREAKER,
					"dbop.databases.main.retry.budget.enabled=false",
					// One transfer may be cut several times in a row.
					"dbop.databases.main.retry.max-retries=50", "dbop.databases.main.retry.max-delay=20ms",
					"dbop.databases.main.retry.initial-delay=5ms")) {
				cutCommits(proxy, CutPoint.BEFORE_ANSWER);
				cutCommits(proxy, CutPoint.BEFORE_SERVER);
				Books books = branch.audit();
				logger.info("%s: %d cuts at commits, %s".formatted(driver.driverClassName(), 2 * CUTS, branch));
				books.holdExactlyWhatWasAcknowledged(branch.clients);
				assertThat(branch.clients.doubtful).as("unresolved doubts").isEmpty();
				assertThat(branch.clients.failed).isEmpty();
				assertThat(branch.retries().doubtfulCommits()).as("doubts counted").isEqualTo(2 * CUTS);
				assertThat(branch.retries().verifiedCommits()).as("found to have landed").isEqualTo(CUTS);
			}
		}
	}

	@Test
	@DisplayName("bank: whatever statement a connection breaks at, nothing is lost and nothing is done twice")
	void whenConnectionsBreakAtRandomThenTheBooksAgreeWithWhatClientsWereTold() throws Exception {
		long seed = new Random().nextLong();
		for (DatabaseInstance driver : this.database.drivers()) {
			WireProxy proxy = proxy(driver);
			try (Branch branch = Branch.of(Branch.Plain.class, driver, driver.through(proxy), NO_BREAKER)) {
				cutAtRandom(proxy, branch, new Random(seed));
				Books books = branch.audit();
				logger.info("%s: random cuts of seed %d: %d at statements, %d connections at once, %s"
					.formatted(driver.driverClassName(), seed, CUTS, proxy.connectionCuts(), branch));
				books.agreeWith(branch.clients);
				assertThat(branch.retries().doubtfulCommits()).as("doubtful commits")
					.isEqualTo(branch.clients.doubtful.size());
			}
		}
	}

	@Test
	@DisplayName("control: a bank that repeats whatever failed does each transfer twice whose commit is lost")
	void whenRepeatedWithoutThoughtThenEachLostAnswerIsATransferDoneTwice() throws Exception {
		for (DatabaseInstance driver : FaultForm.choose(List.of(this.database), this.database.drivers())) {
			WireProxy proxy = proxy(driver);
			try (Branch branch = Branch.of(Branch.Naive.class, driver, driver.through(proxy), "dbop.enabled=false")) {
				cutCommits(proxy, CutPoint.BEFORE_ANSWER);
				int doubled = branch.audit().doubled();
				logger.info("%s: %d answers lost, %d done twice".formatted(driver.driverClassName(), CUTS, doubled));
				// Whose last attempt it was has given up, and has done it all the same.
				assertThat(doubled + branch.clients.failed.size()).as("transfers done twice or given up")
					.isEqualTo(CUTS);
				assertThat(doubled).as("transfers done twice").isPositive();
			}
		}
	}

	private WireProxy proxy(DatabaseInstance driver) {
		WireProxy proxy = driver.proxy();
		this.open.add(proxy);
		return proxy;
	}

	private static void cutCommits(WireProxy proxy, CutPoint point) {
		Random random = new Random(CUTS);
		for (int i = 1; i <= CUTS; i++) {
			// Between two lost commits some are not.
			proxy.cutNext((sql) -> sql.toLowerCase(Locale.ROOT).startsWith("commit") && random.nextInt(3) == 0, point);
			awaitCuts(proxy, point, i);
		}
	}

	/** Each at a statement, and after every fourth all of them wherever they are. */
	private static void cutAtRandom(WireProxy proxy, Branch branch, Random random) {
		int[] cuts = new int[CutPoint.values().length];
		for (int i = 0; i < CUTS; i++) {
			String statement = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
			CutPoint point = CutPoint.values()[random.nextInt(cuts.length)];
			proxy.cutNext((sql) -> sql.toLowerCase(Locale.ROOT).startsWith(statement), point);
			awaitCuts(proxy, point, ++cuts[point.ordinal()]);
			if (i % 4 == 3) {
				branch.awaitAcknowledged(random.nextInt(20));
				await().pollInterval(Duration.ofMillis(1)).until(() -> proxy.cut() > 0);
			}
		}
		assertThat(proxy.connectionCuts()).as("connections cut").isGreaterThanOrEqualTo(CUTS / 4);
	}

	private static void awaitCuts(WireProxy proxy, CutPoint point, int cuts) {
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(1))
			.until(() -> proxy.statementCuts(point) >= cuts);
	}

}

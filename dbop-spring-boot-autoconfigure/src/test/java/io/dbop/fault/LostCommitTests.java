package io.dbop.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.dbop.database.Database;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.execution.CommitVerifier;
import io.dbop.execution.CommitVerifier.Verdict;
import io.dbop.fault.Bank.Transfer;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Transfers whose connection breaks at the commit. */
@Tag("fault")
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class LostCommitTests {

	private final AtomicLong ids = new AtomicLong();

	private final AtomicReference<CommitVerifier> verifier = new AtomicReference<>();

	private final JdbcClient direct;

	private final WireProxy proxy;

	private final DatabaseInstance proxied;

	private final ApplicationContextRunner application;

	LostCommitTests(DatabaseInstance database) {
		this.direct = JdbcClient.create(database.dataSource());
		this.proxy = database.proxy();
		this.proxied = database.through(this.proxy);
		this.application = Applications.jdbc()
			.withPropertyValues(Applications.alias("main", this.proxied))
			.withBean(Bank.class)
			.withBean(VerifyingBank.class)
			.withPropertyValues("dbop.databases.main.connection-acquisition-timeout=250ms")
			.withPropertyValues("dbop.databases.main.circuit-breaker.enabled=false")
			.withBean("ledgerVerifier", CommitVerifier.class, () -> (context) -> this.verifier.get().verify(context));
	}

	@BeforeEach
	void openBank() {
		Bank.open(this.direct);
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	@DisplayName("T6: a commit without an answer is reported as such and not repeated")
	void whenTheAnswerToACommitIsLostThenTheDoubtIsReportedAndNothingIsDoneTwice() {
		this.application.run((context) -> {
			for (CutPoint point : CutPoint.values()) {
				Transfer transfer = newTransfer();
				this.proxy.cutNextCommit(point);
				assertThatExceptionOfType(CommitOutcomeUnknownException.class)
					.isThrownBy(() -> context.getBean(Bank.class).transfer(transfer))
					.withMessageContainingAll("Bank.transfer", "'main'");
				assertThat(this.proxy.statementCuts(point)).isOne();
				assertThat(entries(transfer)).isEqualTo((point == CutPoint.BEFORE_ANSWER) ? 1 : 0);
			}
		});
	}

	@Test
	@DisplayName("T7: what breaks before the commit is repeated on another connection")
	void whenCutBeforeTheCommitThenTheTransferIsRepeatedAndDoneOnce() {
		this.application.run((context) -> {
			this.proxy.cutNext((sql) -> sql.startsWith("update account"), CutPoint.BEFORE_ANSWER);
			Transfer transfer = newTransfer();
			context.getBean(Bank.class).transfer(transfer);
			assertThat(this.proxy.statementCuts(CutPoint.BEFORE_ANSWER)).isOne();
			assertThat(entries(transfer)).isOne();
		});
	}

	@Test
	@DisplayName("T6: a verifier resolves the doubt, whichever way it went, also through the handle of the database")
	void whenAVerifierLooksThenTheTransferIsDoneOnce() {
		this.application.run((context) -> {
			Database database = context.getBean(Database.class);
			CommitVerifier byHandle = (attempt) -> {
				Long found = database.sql("select count(*) from [ledger] where [id] = ?")
					.params(((Transfer) attempt.arguments().get(0)).id())
					.query(Long.class)
					.single();
				return (found > 0) ? Verdict.COMMITTED : Verdict.NOT_COMMITTED;
			};
			checkResolved(context, this::look);
			checkResolved(context, byHandle);
		});
	}

	@Test
	@DisplayName("T6: a verifier that cannot reach the database is asked again when it is back")
	void whenTheDatabaseIsDownWhileTheVerifierLooksThenItLooksAgain() {
		Map<Object, Integer> asked = new ConcurrentHashMap<>();
		this.application.run((context) -> checkResolved(context, (attempt) -> {
			switch (asked.merge(attempt.arguments(), 1, Integer::sum)) {
				case 1 -> this.proxy.down();
				case 3 -> this.proxy.up();
			}
			return look(attempt);
		}));
		assertThat(asked.values()).hasSize(2).allMatch((times) -> times >= 3);
	}

	private void checkResolved(ApplicationContext context, CommitVerifier verifier) {
		this.verifier.set(verifier);
		for (CutPoint point : CutPoint.values()) {
			Transfer transfer = newTransfer();
			int cuts = this.proxy.statementCuts(point);
			this.proxy.cutNextCommit(point);
			assertThat(context.getBean(VerifyingBank.class).transfer(transfer)).isEqualTo(transfer.id());
			assertThat(this.proxy.statementCuts(point)).isEqualTo(cuts + 1);
			assertThat(entries(transfer)).isOne();
		}
	}

	@Test
	@DisplayName("T6: a verifier that never reaches the database leaves the doubt, and nothing is repeated")
	void whenTheDatabaseStaysDownThenTheDoubtIsReported() {
		this.verifier.set((attempt) -> {
			this.proxy.down();
			return look(attempt);
		});
		this.application.withPropertyValues("dbop.databases.main.retry.total-timeout=1s").run((context) -> {
			for (CutPoint point : CutPoint.values()) {
				Transfer transfer = newTransfer();
				this.proxy.up();
				this.proxy.cutNextCommit(point);
				assertThatExceptionOfType(CommitOutcomeUnknownException.class)
					.isThrownBy(() -> context.getBean(VerifyingBank.class).transfer(transfer));
				assertThat(this.proxy.statementCuts(point)).isOne();
				assertThat(entries(transfer)).isEqualTo((point == CutPoint.BEFORE_ANSWER) ? 1 : 0);
			}
		});
	}

	private CommitVerifier.Verdict look(AttemptContext context) {
		return new VerifyingBank.LedgerVerifier(JdbcClient.create(context.dataSource())).verify(context);
	}

	private Transfer newTransfer() {
		return Transfer.of(this.ids.incrementAndGet());
	}

	private int entries(Transfer transfer) {
		return Books.read(this.direct).entries().getOrDefault(transfer.id(), 0);
	}

}

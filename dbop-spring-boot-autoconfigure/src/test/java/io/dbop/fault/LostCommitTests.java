package io.dbop.fault;

import javax.sql.DataSource;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.execution.CommitVerifier;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Transfers whose connection breaks at the commit. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class LostCommitTests {

	private static final Transfer TRANSFER = Transfer.of(42);

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
			.withBean("ledgerVerifier", LedgerVerifier.class);
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
	@DisplayName("control: a plain loop around a transaction does it twice")
	void whenRepeatedWithoutThoughtThenATransferIsDoneTwice() {
		DataSource dataSource = this.proxied.dataSource();
		TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		JdbcClient client = JdbcClient.create(dataSource);
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		repeat(() -> template.executeWithoutResult((status) -> Bank.book(client, TRANSFER)));
		assertThat(this.proxy.statementCuts(CutPoint.BEFORE_ANSWER)).isOne();
		assertThat(entries()).isEqualTo(2);
	}

	private static void repeat(Runnable work) {
		for (int attempt = 1;; attempt++) {
			try {
				work.run();
				return;
			}
			catch (DataAccessException | TransactionException ex) {
				if (attempt == 3) {
					throw ex;
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T6: a commit without an answer is reported as such and not repeated")
	void whenTheAnswerToACommitIsLostThenTheDoubtIsReportedAndNothingIsDoneTwice(CutPoint point) {
		this.application.run((context) -> {
			this.proxy.cutNextCommit(point);
			assertThatExceptionOfType(CommitOutcomeUnknownException.class)
				.isThrownBy(() -> context.getBean(Bank.class).transfer(TRANSFER))
				.withMessageContainingAll("Bank.transfer", "'main'");
			assertThat(this.proxy.statementCuts(point)).isOne();
			assertThat(entries()).isEqualTo((point == CutPoint.BEFORE_ANSWER) ? 1 : 0);
		});
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T6: a verifier resolves the doubt, whichever way it went")
	void whenAVerifierLooksThenTheTransferIsDoneOnce(CutPoint point) {
		this.application.run((context) -> {
			this.proxy.cutNextCommit(point);
			long id = context.getBean(VerifyingBank.class).transfer(TRANSFER);
			assertThat(id).isEqualTo(TRANSFER.id());
			assertThat(this.proxy.statementCuts(point)).isOne();
			assertThat(entries()).isOne();
		});
	}

	@Test
	@DisplayName("T7: what breaks before the commit is repeated on another connection")
	void whenCutBeforeTheCommitThenTheTransferIsRepeatedAndDoneOnce() {
		this.application.run((context) -> {
			this.proxy.cutNext((sql) -> sql.startsWith("update account"), CutPoint.BEFORE_ANSWER);
			context.getBean(Bank.class).transfer(TRANSFER);
			assertThat(this.proxy.statementCuts(CutPoint.BEFORE_ANSWER)).isOne();
			assertThat(entries()).isOne();
		});
	}

	private int entries() {
		return Books.read(this.direct).entries().getOrDefault(TRANSFER.id(), 0);
	}

	/** Looks for its transfers in the ledger when their outcome is unknown. */
	static class VerifyingBank {

		private final JdbcClient client;

		VerifyingBank(JdbcClient client) {
			this.client = client;
		}

		@DbRetry(verifier = "ledgerVerifier")
		@AutoTransaction
		long transfer(Transfer transfer) {
			Bank.book(this.client, transfer);
			return transfer.id();
		}

	}

	/** Finds a transfer by its id. */
	static class LedgerVerifier implements CommitVerifier {

		private final JdbcClient client;

		LedgerVerifier(JdbcClient client) {
			this.client = client;
		}

		@Override
		public Verdict verify(AttemptContext context) {
			Transfer transfer = (Transfer) context.arguments().get(0);
			int found = this.client.sql("select count(*) from ledger where id = ?")
				.param(transfer.id())
				.query(Integer.class)
				.single();
			return (found > 0) ? Verdict.COMMITTED : Verdict.NOT_COMMITTED;
		}

	}

}

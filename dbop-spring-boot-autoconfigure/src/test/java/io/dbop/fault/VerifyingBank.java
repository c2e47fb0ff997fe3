package io.dbop.fault;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.CommitVerifier;
import io.dbop.fault.Bank.Transfer;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A bank that looks for its transfers in the ledger when their outcome is unknown. */
class VerifyingBank implements TransferService {

	private final JdbcClient client;

	VerifyingBank(JdbcClient client) {
		this.client = client;
	}

	@Override
	@DbRetry(verifier = "ledgerVerifier")
	@AutoTransaction
	public long transfer(Transfer transfer) {
		return Bank.book(this.client, transfer);
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
			// Waits for the end of a transaction that may still be under way: the server
			// need not have noticed that the client is gone, and has locked this row.
			this.client.sql("select id from account where id = ? for update")
				.param(transfer.debtor())
				.query(Integer.class)
				.single();
			int found = this.client.sql("select count(*) from ledger where id = ?")
				.param(transfer.id())
				.query(Integer.class)
				.single();
			return (found > 0) ? Verdict.COMMITTED : Verdict.NOT_COMMITTED;
		}

	}

}

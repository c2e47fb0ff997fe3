package io.dbop.fault;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A bank whose ledger has no unique key, so that a transfer done twice stands there
 * twice.
 */
class Bank implements TransferService {

	static final int ACCOUNTS = 10;

	static final long OPENING_BALANCE = 1000;

	private final JdbcClient client;

	Bank(JdbcClient client) {
		this.client = client;
	}

	static void open(JdbcClient client) {
		client.sql("drop table if exists account").update();
		client.sql("drop table if exists ledger").update();
		client.sql("create table account (id integer primary key, balance bigint not null)").update();
		client
			.sql("create table ledger (id bigint not null, debtor integer not null, creditor integer not null, "
					+ "amount bigint not null)")
			.update();
		for (int id = 0; id < ACCOUNTS; id++) {
			client.sql("insert into account (id, balance) values (?, ?)").params(id, OPENING_BALANCE).update();
		}
	}

	@Override
	@DbRetry
	@AutoTransaction
	public long transfer(Transfer transfer) {
		return book(this.client, transfer);
	}

	static long book(JdbcClient client, Transfer transfer) {
		client.sql("insert into ledger (id, debtor, creditor, amount) values (?, ?, ?, ?)")
			.params(transfer.id(), transfer.debtor(), transfer.creditor(), transfer.amount())
			.update();
		// In one order, so that what fails is the server and not a deadlock.
		if (transfer.debtor() < transfer.creditor()) {
			add(client, transfer.debtor(), -transfer.amount());
			add(client, transfer.creditor(), transfer.amount());
		}
		else {
			add(client, transfer.creditor(), transfer.amount());
			add(client, transfer.debtor(), -transfer.amount());
		}
		return transfer.id();
	}

	private static void add(JdbcClient client, int account, long amount) {
		client.sql("update account set balance = balance + ? where id = ?").params(amount, account).update();
	}

	/**
	 * What a client wants.
	 *
	 * @param id its own name for it
	 * @param debtor who pays
	 * @param creditor who is paid
	 * @param amount how much
	 */
	record Transfer(long id, int debtor, int creditor, long amount) {

		static Transfer of(long id) {
			int debtor = (int) (id % ACCOUNTS);
			int creditor = (int) ((debtor + 1 + id / ACCOUNTS % (ACCOUNTS - 1)) % ACCOUNTS);
			return new Transfer(id, debtor, creditor, 1 + id % 7);
		}

	}

}

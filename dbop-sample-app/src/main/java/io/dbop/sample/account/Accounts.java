package io.dbop.sample.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.sample.problem.NotFoundException;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The accounts in the main database.
 * <p>
 * {@link #debit} and {@link #credit} are steps of something larger, whose transaction
 * they join and which is repeated as a whole. So it is the larger thing that is
 * annotated, not they.
 */
@Repository
public class Accounts {

	private final JdbcClient jdbc;

	public Accounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Opens an account.
	 * @param account the account
	 */
	@DbRetry
	@AutoTransaction
	public void open(Account account) {
		this.jdbc.sql("""
				INSERT INTO account (id, owner, balance_cents, opened_at)
				VALUES (:id, :owner, :balance, :openedAt)""")
			.param("id", account.id().toString())
			.param("owner", account.owner())
			.param("balance", account.balanceCents())
			.param("openedAt", account.openedAt().toEpochMilli())
			.update();
	}

	/**
	 * Looks an account up.
	 * @param id its identifier
	 * @return the account
	 * @throws NotFoundException if there is none
	 */
	@DbRetry
	@AutoTransaction(readOnly = true)
	public Account get(UUID id) {
		return this.jdbc.sql("SELECT * FROM account WHERE id = :id")
			.param("id", id.toString())
			.query(Accounts::account)
			.optional()
			.orElseThrow(() -> new NotFoundException("account", id));
	}

	/**
	 * Lists accounts, the oldest first.
	 * @param limit how many at most
	 * @return the accounts
	 */
	@DbRetry
	@AutoTransaction(readOnly = true)
	public List<Account> list(int limit) {
		return this.jdbc.sql("SELECT * FROM account ORDER BY opened_at, id LIMIT :limit")
			.param("limit", limit)
			.query(Accounts::account)
			.list();
	}

	/**
	 * Takes money from an account. Condition and change are one statement, so that no two
	 * transactions can spend the same cent.
	 * @param id the account
	 * @param cents how much
	 * @throws NotFoundException if there is no such account
	 * @throws InsufficientFundsException if it holds less
	 */
	public void debit(UUID id, long cents) {
		int changed = this.jdbc.sql("""
				UPDATE account SET balance_cents = balance_cents - :cents
				WHERE id = :id AND balance_cents >= :cents""")
			.param("cents", cents)
			.param("id", id.toString())
			.update();
		if (changed == 0) {
			throw exists(id) ? new InsufficientFundsException(id, cents) : new NotFoundException("account", id);
		}
	}

	/**
	 * Puts money on an account.
	 * @param id the account
	 * @param cents how much
	 * @throws NotFoundException if there is no such account
	 */
	public void credit(UUID id, long cents) {
		int changed = this.jdbc.sql("UPDATE account SET balance_cents = balance_cents + :cents WHERE id = :id")
			.param("cents", cents)
			.param("id", id.toString())
			.update();
		if (changed == 0) {
			throw new NotFoundException("account", id);
		}
	}

	private boolean exists(UUID id) {
		return this.jdbc.sql("SELECT COUNT(*) FROM account WHERE id = :id")
			.param("id", id.toString())
			.query(Integer.class)
			.single() > 0;
	}

	private static Account account(ResultSet row, int number) throws SQLException {
		return new Account(UUID.fromString(row.getString("id")), row.getString("owner"), row.getLong("balance_cents"),
				Instant.ofEpochMilli(row.getLong("opened_at")));
	}

}

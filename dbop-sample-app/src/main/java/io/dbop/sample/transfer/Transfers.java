package io.dbop.sample.transfer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The transfers in the main database.
 */
@Repository
class Transfers {

	private final JdbcClient jdbc;

	Transfers(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@DbRetry
	@AutoTransaction(readOnly = true)
	public Optional<Transfer> find(UUID id) {
		return read(id);
	}

	/**
	 * Looks a transfer up in the transaction of the caller, or in none.
	 * @param id its identifier
	 * @return the transfer
	 */
	Optional<Transfer> read(UUID id) {
		return this.jdbc.sql("SELECT * FROM transfer WHERE id = :id")
			.param("id", id.toString())
			.query(Transfers::transfer)
			.optional();
	}

	void add(Transfer transfer) {
		this.jdbc.sql("""
				INSERT INTO transfer (id, from_account, to_account, cents, requested_at)
				VALUES (:id, :from, :to, :cents, :requestedAt)""")
			.param("id", transfer.id().toString())
			.param("from", transfer.from().toString())
			.param("to", transfer.to().toString())
			.param("cents", transfer.cents())
			.param("requestedAt", transfer.requestedAt().toEpochMilli())
			.update();
	}

	private static Transfer transfer(ResultSet row, int number) throws SQLException {
		return new Transfer(UUID.fromString(row.getString("id")), UUID.fromString(row.getString("from_account")),
				UUID.fromString(row.getString("to_account")), row.getLong("cents"),
				Instant.ofEpochMilli(row.getLong("requested_at")));
	}

}

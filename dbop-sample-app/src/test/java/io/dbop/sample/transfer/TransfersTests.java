package io.dbop.sample.transfer;

import java.time.Instant;
import java.util.UUID;

import io.dbop.sample.Schema;
import io.dbop.sample.account.Account;
import io.dbop.sample.account.Accounts;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Transfers}.
 */
@EachDatabase(except = TestDatabase.H2)
class TransfersTests {

	private static final UUID ANN = UUID.randomUUID();

	private static final UUID BOB = UUID.randomUUID();

	private final Transfers transfers;

	TransfersTests(DatabaseInstance database) {
		JdbcClient jdbc = Schema.MAIN.createIn(database);
		Accounts accounts = new Accounts(jdbc);
		accounts.open(new Account(ANN, "Ann", 100, Instant.EPOCH));
		accounts.open(new Account(BOB, "Bob", 100, Instant.EPOCH));
		this.transfers = new Transfers(jdbc);
	}

	@Test
	void whenAddedThenItIsReadAsItWas() {
		Transfer transfer = transfer(UUID.randomUUID());
		this.transfers.add(transfer);
		assertThat(this.transfers.find(transfer.id())).contains(transfer);
		assertThat(this.transfers.read(transfer.id())).contains(transfer);
	}

	@Test
	void whenNotAddedThenItIsNotThere() {
		assertThat(this.transfers.find(UUID.randomUUID())).isEmpty();
	}

	@Test
	void whenAddedTwiceThenTheSecondFails() {
		Transfer transfer = transfer(UUID.randomUUID());
		this.transfers.add(transfer);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.transfers.add(transfer));
	}

	private static Transfer transfer(UUID id) {
		return new Transfer(id, ANN, BOB, 10, Instant.ofEpochMilli(123));
	}

}

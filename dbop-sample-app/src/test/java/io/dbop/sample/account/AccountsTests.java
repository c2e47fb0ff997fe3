package io.dbop.sample.account;

import java.time.Instant;
import java.util.UUID;

import io.dbop.sample.Schema;
import io.dbop.sample.problem.NotFoundException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Accounts}.
 */
@EachDatabase(except = TestDatabase.H2)
class AccountsTests {

	private final Accounts accounts;

	AccountsTests(DatabaseInstance database) {
		this.accounts = new Accounts(Schema.MAIN.createIn(database));
	}

	@Test
	void whenOpenedThenItIsReadAsItWas() {
		Account account = account("Zoë 🦊", 5_000_000_000_00L, 1);
		this.accounts.open(account);
		assertThat(this.accounts.get(account.id())).isEqualTo(account);
	}

	@Test
	void whenListedThenTheOldestComeFirst() {
		Account young = account("young", 0, 30);
		Account old = account("old", 0, 10);
		Account middle = account("middle", 0, 20);
		this.accounts.open(young);
		this.accounts.open(old);
		this.accounts.open(middle);
		assertThat(this.accounts.list(2)).containsExactly(old, middle);
	}

	@Test
	void whenDebitedAndCreditedThenTheBalanceFollows() {
		UUID id = opened(100);
		this.accounts.debit(id, 100);
		assertThat(this.accounts.get(id).balanceCents()).isZero();
		this.accounts.credit(id, 30);
		assertThat(this.accounts.get(id).balanceCents()).isEqualTo(30);
	}

	@Test
	void whenDebitedByMoreThanThereIsThenRefused() {
		UUID id = opened(100);
		assertThatExceptionOfType(InsufficientFundsException.class).isThrownBy(() -> this.accounts.debit(id, 101));
		assertThat(this.accounts.get(id).balanceCents()).isEqualTo(100);
	}

	@Test
	void whenThereIsNoSuchAccountThenNotFound() {
		UUID id = UUID.randomUUID();
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.accounts.get(id));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.accounts.debit(id, 1));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.accounts.credit(id, 1));
	}

	private UUID opened(long cents) {
		Account account = account("Ann", cents, 1);
		this.accounts.open(account);
		return account.id();
	}

	private static Account account(String owner, long cents, long openedAt) {
		return new Account(UUID.randomUUID(), owner, cents, Instant.ofEpochMilli(openedAt));
	}

}

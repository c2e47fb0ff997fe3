package io.dbop.fault;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.dbop.fault.Bank.Transfer;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the database holds in the end, against what the clients were told.
 *
 * @param entries how often each transfer stands in the ledger
 * @param balances the balance of each account
 */
record Books(Map<Long, Integer> entries, Map<Integer, Long> balances) {

	static Books read(JdbcClient client) {
		Map<Long, Integer> entries = new HashMap<>();
		List<Long> ids = client.sql("select id from ledger").query(Long.class).list();
		ids.forEach((id) -> entries.merge(id, 1, Integer::sum));
		Map<Integer, Long> balances = new HashMap<>();
		client.sql("select id, balance from account").query((row) -> {
			balances.put(row.getInt(1), row.getLong(2));
		});
		return new Books(entries, balances);
	}

	void agreeWith(Clients clients) {
		assertThat(this.entries.entrySet()).as("transfers done twice").allMatch((entry) -> entry.getValue() == 1);
		assertThat(without(clients.acknowledged, this.entries.keySet())).as("acknowledged and not there").isEmpty();
		Set<Long> unacknowledged = without(this.entries.keySet(), clients.acknowledged);
		assertThat(without(unacknowledged, clients.doubtful)).as("there and neither acknowledged nor in doubt")
			.isEmpty();
		agreeWithThemselves();
	}

	/**
	 * Check that nothing but what was acknowledged is there, once.
	 * @param clients those who were told
	 */
	void holdExactlyWhatWasAcknowledged(Clients clients) {
		agreeWith(clients);
		assertThat(without(this.entries.keySet(), clients.acknowledged)).as("there and not acknowledged").isEmpty();
	}

	/** AssertJ compares each with each, of tens of thousands. */
	private static Set<Long> without(Set<Long> some, Set<Long> others) {
		Set<Long> rest = new HashSet<>(some);
		rest.removeIf(others::contains);
		return rest;
	}

	/**
	 * How many transfers were done too often.
	 * @return the number of entries too many
	 */
	int doubled() {
		return this.entries.values().stream().mapToInt((count) -> count - 1).sum();
	}

	private void agreeWithThemselves() {
		Map<Integer, Long> expected = new HashMap<>();
		for (int account = 0; account < Bank.ACCOUNTS; account++) {
			expected.put(account, Bank.OPENING_BALANCE);
		}
		this.entries.forEach((id, count) -> {
			Transfer transfer = Transfer.of(id);
			expected.merge(transfer.debtor(), -transfer.amount() * count, Long::sum);
			expected.merge(transfer.creditor(), transfer.amount() * count, Long::sum);
		});
		assertThat(this.balances).isEqualTo(expected);
		assertThat(this.balances.values().stream().mapToLong(Long::longValue).sum())
			.isEqualTo(Bank.ACCOUNTS * Bank.OPENING_BALANCE);
	}

}

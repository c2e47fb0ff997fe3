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
		assertThat(this.entries.keySet()).as("what was acknowledged").containsAll(clients.acknowledged);
		Set<Long> unacknowledged = new HashSet<>(this.entries.keySet());
		unacknowledged.removeAll(clients.acknowledged);
		assertThat(clients.doubtful).as("what was done and not acknowledged").containsAll(unacknowledged);
		agreeWithThemselves();
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

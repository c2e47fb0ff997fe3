package io.dbop.benchmark.entity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Processors;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Study;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/**
 * The next save of an item with a short history, and of others with a long one. After
 * each save the item gets the history that it had before, outside of the measured time.
 */
public final class HistoryStudy implements Study {

	private static final String WORK = "next save, with %,d versions";

	private static final int COUNTED = 21;

	private static final int[] VERSIONS = { 1, 1000, 1_000_000 };

	/** All columns but the version, of either table. */
	private static final String REST = "created_at, updated_at, _operation, _revision, _exact, name, status, quantity, price, active, due";

	private int number;

	@Override
	public void run(Form form, Report report) throws Exception {
		try (DatabaseInstance database = TestDatabase.POSTGRESQL.freshDatabase();
				DbopApplication application = new DbopApplication(database);
				HikariDataSource pool = Pools.open(database, true)) {
			List<Entry> entries = new ArrayList<>();
			for (int versions : VERSIONS) {
				entries.add(fill(application.items(), pool, versions));
			}
			Pools.execute(pool, List.of("VACUUM ANALYZE"));
			Processors.part();
			rounds(1000, application.items(), pool, entries);
			entries.forEach((each) -> each.nanos().clear());
			rounds(2000, application.items(), pool, entries);
			control(pool, entries, report);
			for (Entry entry : entries) {
				report.time(entry.work() + ", µs", entry.median() / 1000);
				if (entry != entries.get(0)) {
					report.ratio(entry.work() + ", time against the first", entry.median() / entries.get(0).median(),
							Aim.atMost(1.1));
				}
			}
		}
	}

	private Entry fill(Items items, HikariDataSource pool, int versions) throws SQLException {
		Entry entry = new Entry("item-" + versions, versions, new ArrayList<>());
		items.save(Item.of(entry.id(), this.number++));
		Pools.execute(pool, List.of(
				"INSERT INTO items_history (id, version, %1$s) SELECT id, n, %1$s FROM items, generate_series(2, %2$d) AS n WHERE id = '%3$s'"
					.formatted(REST, versions, entry.id()),
				"UPDATE items SET version = %d WHERE id = '%s'".formatted(versions, entry.id())));
		return entry;
	}

	private void rounds(int rounds, Items items, HikariDataSource pool, List<Entry> entries) throws SQLException {
		for (int i = 0; i < rounds; i++) {
			for (int j = 0; j < entries.size(); j++) {
				Entry entry = entries.get((i + j) % entries.size());
				Item item = Item.of(entry.id(), this.number++);
				long start = System.nanoTime();
				items.save(item);
				entry.nanos().add(System.nanoTime() - start);
				undo(pool, entry);
			}
		}
	}

	/** Whether it would be seen: the next version, found by counting those there are. */
	private static void control(HikariDataSource pool, List<Entry> entries, Report report) throws SQLException {
		double few = counting(pool, entries.get(0));
		double many = counting(pool, entries.get(entries.size() - 1));
		report.time("the same by counting versions, time against the first", many / few, Aim.atLeast(10));
	}

	private static double counting(HikariDataSource pool, Entry entry) throws SQLException {
		try (Connection connection = pool.getConnection();
				PreparedStatement count = connection
					.prepareStatement("SELECT COUNT(*) + 1 FROM items_history WHERE id = ?")) {
			count.setString(1, entry.id());
			Entry counted = new Entry(entry.id(), entry.versions(), new ArrayList<>());
			for (int i = 0; i < COUNTED; i++) {
				long start = System.nanoTime();
				count.executeQuery().close();
				counted.nanos().add(System.nanoTime() - start);
			}
			return counted.median();
		}
	}

	private static void undo(HikariDataSource pool, Entry entry) throws SQLException {
		try (Connection connection = pool.getConnection();
				PreparedStatement delete = connection
					.prepareStatement("DELETE FROM items_history WHERE id = ? AND version > ?");
				PreparedStatement update = connection.prepareStatement("UPDATE items SET version = ? WHERE id = ?")) {
			delete.setString(1, entry.id());
			delete.setLong(2, entry.versions());
			delete.executeUpdate();
			update.setLong(1, entry.versions());
			update.setString(2, entry.id());
			update.executeUpdate();
		}
	}

	/**
	 * An item with a history.
	 *
	 * @param id its id
	 * @param versions how many there are
	 * @param nanos what the saves have taken
	 */
	private record Entry(String id, int versions, List<Long> nanos) {

		String work() {
			return String.format(Locale.ROOT, WORK, this.versions);
		}

		double median() {
			return this.nanos.stream()
				.mapToLong(Long::longValue)
				.sorted()
				.skip(this.nanos.size() / 2)
				.findFirst()
				.orElseThrow();
		}

	}

}

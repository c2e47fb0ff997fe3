package io.dbop.benchmark.entity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Contender;
import io.dbop.benchmark.Contest;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Report.Peer;
import io.dbop.benchmark.Standings;
import io.dbop.benchmark.Study;
import io.dbop.benchmark.entity.OwnDatabases.Maker;
import io.dbop.test.TestDatabase;

/**
 * Chunks of items are saved with their history, each as a whole: new ones, into empty
 * tables, and such as are there.
 */
public final class SaveAllStudy implements Study {

	/** As many items are saved at once. */
	static final int CHUNK = 500;

	private static final int CHUNKS = 10;

	/** Gives back how many, as the others do. */
	private static final String OURS = "dbop";

	private static final String GIVING = "dbop with the items given back";

	private static final String ENVERS = "Hibernate with Envers";

	private static final String COPY = "COPY into both tables";

	private static final String BATCHES = "batches by hand";

	private final TestDatabase database;

	private final Map<String, Maker<ItemBatches>> makers = new LinkedHashMap<>();

	/**
	 * Creates the study for a database.
	 * @param database the kind of database
	 */
	public SaveAllStudy(TestDatabase database) {
		this.database = database;
		this.makers.put(OURS, DbopLoader::new);
		this.makers.put(GIVING, DbopItems::new);
		if (database == TestDatabase.POSTGRESQL) {
			this.makers.put(ENVERS, EnversItems::new);
			this.makers.put(COPY, CopyItems::new);
		}
		else {
			this.makers.put(BATCHES, BatchedItems::new);
		}
	}

	@Override
	public void run(Form form, Report report) throws Exception {
		boolean postgres = this.database == TestDatabase.POSTGRESQL;
		try (OwnDatabases databases = new OwnDatabases(this.database::freshDatabase)) {
			Map<String, ItemBatches> all = new LinkedHashMap<>();
			for (Map.Entry<String, Maker<ItemBatches>> each : this.makers.entrySet()) {
				all.put(each.getKey(), databases.open(each.getValue()));
				// Makes the tables, where they are made by that.
				all.get(each.getKey()).insert(chunk(0, false));
			}
			tell(report, "saveAll of new items, ", run(all, SaveAllStudy::inserting), postgres ? 2.6 : 0, 0.9);
			tell(report, "saveAll of known items, ", run(all, SaveAllStudy::updating), postgres ? 3.2 : 0,
					postgres ? 1.3 : 0.9);
		}
	}

	private void tell(Report report, String work, Standings standings, double envers, double limit) {
		String what = work + CHUNK + " at a time, " + this.database;
		List<Peer> peers = new ArrayList<>();
		for (String name : this.makers.keySet()) {
			if (!name.equals(OURS)) {
				peers.add(new Peer(name, Aim.atLeast(name.equals(ENVERS) ? envers : name.equals(GIVING) ? 0 : limit)));
			}
			report.time(what + ", rows/s of " + name, CHUNK * 1e6 / standings.micros(name));
		}
		report.contest(what, standings, OURS, peers.toArray(Peer[]::new));
	}

	private static Standings run(Map<String, ItemBatches> all, Work work) throws Exception {
		List<Contender> contenders = new ArrayList<>();
		for (Map.Entry<String, ItemBatches> each : all.entrySet()) {
			contenders.add(work.of(each.getKey(), each.getValue()));
		}
		return new Contest(contenders).run();
	}

	private static Contender inserting(String name, ItemBatches batches) {
		int[] number = { 0 };
		return new Contender(name, batches::clear, () -> batches.insert(chunk(number[0]++, false)));
	}

	private static Contender updating(String name, ItemBatches batches) throws Exception {
		batches.clear();
		for (int i = 0; i < CHUNKS; i++) {
			batches.fill(chunk(i, true));
		}
		int[] number = { CHUNKS };
		return new Contender(name, () -> batches.update(chunk(number[0]++, true)));
	}

	private static List<Item> chunk(int number, boolean known) {
		return IntStream.range(number * CHUNK, (number + 1) * CHUNK)
			.mapToObj((i) -> Item.of(known ? "item-" + i % (CHUNKS * CHUNK) : null, i))
			.toList();
	}

	/** What is to be done. */
	@FunctionalInterface
	private interface Work {

		Contender of(String name, ItemBatches batches) throws Exception;

	}

}

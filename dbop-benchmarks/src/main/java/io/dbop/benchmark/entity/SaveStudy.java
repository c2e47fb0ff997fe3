package io.dbop.benchmark.entity;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Contender;
import io.dbop.benchmark.Contest;
import io.dbop.benchmark.FarDatabase;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Report.Peer;
import io.dbop.benchmark.Standings;
import io.dbop.benchmark.Study;
import io.dbop.benchmark.entity.OwnDatabases.Maker;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.RestartableServer;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;

/**
 * One item after the other is saved that is there already, with its history, on
 * PostgreSQL. On the same machine a round trip costs less than what it asks for, which
 * hides what is spared of them; somewhere in a network it costs much more.
 */
public final class SaveStudy implements Study {

	private static final String WORK = "save with history";

	private static final String OURS = "dbop";

	private static final String UNTYPED = "dbop without a class";

	private static final String ENVERS = "Hibernate with Envers";

	private static final String JAVERS = "an upsert and JaVers";

	private static final String SPRING_DATA = "Spring Data JDBC with a trigger";

	private static final String TWO = "two statements in a transaction";

	private static final String ALONE = "an upsert without history";

	private static final int ITEMS = 1000;

	private static final int COUNTED = 50;

	private final String where;

	private final Callable<Place> place;

	private final Map<String, Maker<ItemKeeper>> keepers = new LinkedHashMap<>();

	/**
	 * Creates the study on the same machine.
	 */
	public SaveStudy() {
		this("", () -> TestDatabase.POSTGRESQL::freshDatabase);
	}

	private SaveStudy(String where, Callable<Place> place) {
		this.where = where;
		this.place = place;
		this.keepers.put(OURS, DbopItems::new);
		this.keepers.put(UNTYPED, DbopMaps::new);
		this.keepers.put(ENVERS, EnversItems::new);
		this.keepers.put(JAVERS, JaversItems::new);
		this.keepers.put(SPRING_DATA, SpringDataItems::new);
		this.keepers.put(TWO, TwoStatements::new);
		this.keepers.put(ALONE, UpsertAlone::new);
	}

	/**
	 * Creates the study somewhere in a network.
	 * @param way how far away the server is, in one direction
	 * @return the study
	 */
	public static SaveStudy far(Duration way) {
		return new SaveStudy(", %d µs away".formatted(2 * way.toNanos() / 1000),
				() -> () -> new FarDatabase(TestDatabase.POSTGRESQL.freshDatabase(), way));
	}

	/**
	 * Creates the study on a server whose commits wait for the disk, as servers do that
	 * nobody has told otherwise.
	 * @return the study
	 */
	public static SaveStudy durable() {
		return new SaveStudy(", commits that wait for the disk", DurableServer::new);
	}

	@Override
	public void run(Form form, Report report) throws Exception {
		if (this.where.isEmpty()) {
			countRoundTrips(report);
		}
		try (Place there = this.place.call(); OwnDatabases databases = new OwnDatabases(there::fresh)) {
			List<Contender> contenders = new ArrayList<>();
			for (Map.Entry<String, Maker<ItemKeeper>> each : this.keepers.entrySet()) {
				contenders.add(contender(each.getKey(), databases.open(each.getValue())));
			}
			Standings standings = new Contest(contenders).run();
			report.contest(WORK + this.where, standings, OURS, new Peer(ENVERS, aim(3)), new Peer(TWO, aim(1.5)),
					new Peer(ALONE, aim(0.85)), new Peer(JAVERS, Aim.more()), new Peer(SPRING_DATA, Aim.more()),
					new Peer(UNTYPED, Aim.more()));
		}
	}

	/** For what is done here: elsewhere it depends on the way and on the disk. */
	private Aim aim(double least) {
		return this.where.isEmpty() ? Aim.atLeast(least) : Aim.more();
	}

	private static Contender contender(String name, ItemKeeper keeper) throws Exception {
		save(keeper, 0, ITEMS);
		int[] number = { ITEMS };
		return new Contender(name, () -> save(keeper, number[0], ++number[0]));
	}

	private static void save(ItemKeeper keeper, int from, int to) throws Exception {
		for (int i = from; i < to; i++) {
			keeper.save(Item.of("item-" + i % ITEMS, i));
		}
	}

	/** On the wire, once everybody is warm and the items are there. */
	private void countRoundTrips(Report report) throws Exception {
		for (Map.Entry<String, Maker<ItemKeeper>> each : this.keepers.entrySet()) {
			try (DatabaseInstance database = TestDatabase.POSTGRESQL.freshDatabase();
					WireProxy proxy = database.proxy();
					ItemKeeper keeper = each.getValue().on(database.through(proxy))) {
				save(keeper, 0, COUNTED);
				int all = proxy.trafficOf(() -> save(keeper, ITEMS, ITEMS + COUNTED)).roundTrips();
				boolean ours = each.getKey().equals(OURS);
				report.count(WORK + ", round trips of " + each.getKey(), (double) all / COUNTED,
						Aim.atMost(ours ? 1 : Double.POSITIVE_INFINITY));
			}
		}
	}

	/** Where databases are. */
	@FunctionalInterface
	private interface Place extends AutoCloseable {

		DatabaseInstance fresh() throws Exception;

		@Override
		default void close() {
			// Most are there anyway.
		}

	}

	/** A server of its own, as it comes. */
	private static final class DurableServer implements Place {

		private final RestartableServer server = RestartableServer.of(TestDatabase.POSTGRESQL, "-c", "fsync=on", "-c",
				"synchronous_commit=on");

		DurableServer() {
			this.server.start();
		}

		@Override
		public DatabaseInstance fresh() throws SQLException {
			return this.server.freshDatabase();
		}

		@Override
		public void close() {
			this.server.close();
		}

	}

}

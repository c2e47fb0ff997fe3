package io.dbop.benchmark.statement;

import java.time.Duration;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Contender;
import io.dbop.benchmark.Contest;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Report.Peer;
import io.dbop.benchmark.Standings;
import io.dbop.benchmark.Study;
import io.dbop.database.Database;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.RoundTrips;
import io.dbop.test.wire.WireProxy;

/**
 * One statement that needs no transaction, through the handle, on PostgreSQL.
 */
public final class StatementStudy implements Study {

	private static final String OURS = "dbop";

	private static final String LIMITED = "dbop with a timeout";

	private static final String PLAIN = "JDBC";

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	@Override
	public void run(Form form, Report report) throws Exception {
		try (DatabaseInstance instance = TestDatabase.POSTGRESQL.freshDatabase()) {
			Item.fill(instance.dataSource());
			count(instance, report);
			try (Peers peers = new Peers(instance)) {
				PrimitiveIterator.OfInt ids = new Random(1).ints(0, Item.ROWS).iterator();
				Database database = peers.dbop(Database.class);
				PlainReader plain = peers.plain();
				Standings standings = new Contest(List.of(new Contender(OURS, () -> read(database, ids.nextInt())),
						new Contender(LIMITED, () -> readLimited(database, ids.nextInt())),
						new Contender(PLAIN, () -> plain.alone(ids.nextInt()))))
					.run();
				report.contest("single SELECT, POSTGRESQL", standings, OURS, new Peer(PLAIN, Aim.atLeast(0.95)));
				report.contest("single SELECT with a timeout, POSTGRESQL", standings, LIMITED,
						new Peer(PLAIN, Aim.atLeast(0.7)));
			}
		}
	}

	private static void count(DatabaseInstance instance, Report report) {
		try (WireProxy proxy = instance.proxy(); Peers peers = new Peers(instance.through(proxy))) {
			Database database = peers.dbop(Database.class);
			report.count("single SELECT, POSTGRESQL, round trips", RoundTrips.of(proxy, () -> read(database, 1)),
					Aim.atMost(1));
			report.count("single SELECT with a timeout, POSTGRESQL, round trips",
					RoundTrips.of(proxy, () -> readLimited(database, 1)), Aim.atMost(1));
		}
	}

	private static String read(Database database, int id) {
		return database.sql(Item.SELECT).param(id).single(String.class);
	}

	private static String readLimited(Database database, int id) {
		return database.sql(Item.SELECT).param(id).timeout(TIMEOUT).single(String.class);
	}

}

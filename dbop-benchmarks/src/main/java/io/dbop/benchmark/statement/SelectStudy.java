package io.dbop.benchmark.statement;

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
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/**
 * An annotated method around one {@code SELECT} by id.
 */
public final class SelectStudy implements Study {

	private static final String OURS = "dbop";

	private static final String SPRING = "@Transactional";

	private static final String PLAIN = "JDBC in a transaction";

	private final TestDatabase database;

	/**
	 * Creates the study for a database.
	 * @param database the kind of database
	 */
	public SelectStudy(TestDatabase database) {
		this.database = database;
	}

	@Override
	public void run(Form form, Report report) throws Exception {
		try (DatabaseInstance instance = this.database.freshDatabase()) {
			Item.fill(instance.dataSource());
			try (Peers peers = new Peers(instance)) {
				PrimitiveIterator.OfInt ids = new Random(1).ints(0, Item.ROWS).iterator();
				DbopReader dbop = peers.dbop(DbopReader.class);
				Reader spring = peers.spring();
				PlainReader plain = peers.plain();
				Standings standings = new Contest(List.of(new Contender(OURS, () -> dbop.read(ids.nextInt())),
						new Contender(SPRING, () -> spring.read(ids.nextInt())),
						new Contender(PLAIN, () -> plain.inTransaction(ids.nextInt()))))
					.run();
				Aim plainly = (this.database == TestDatabase.POSTGRESQL) ? Aim.atLeast(0.95) : Aim.more();
				report.contest("SELECT in a method, " + this.database, standings, OURS,
						new Peer(SPRING, Aim.atLeast(1)), new Peer(PLAIN, plainly));
			}
		}
	}

}

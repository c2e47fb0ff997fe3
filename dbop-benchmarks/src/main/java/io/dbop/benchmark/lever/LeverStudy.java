package io.dbop.benchmark.lever;

import java.util.List;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Contender;
import io.dbop.benchmark.Contest;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Study;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/**
 * What dbop does to be fast on PostgreSQL, each by itself and by hand: with it and
 * without it.
 */
public final class LeverStudy implements Study {

	private static final String WITH = "with";

	private static final String WITHOUT = "without";

	@Override
	public void run(Form form, Report report) throws Exception {
		try (DatabaseInstance database = TestDatabase.POSTGRESQL.freshDatabase();
				Sessions sessions = new Sessions(database)) {
			Saves saves = new Saves(sessions);
			pull("row and version in one statement, against two in a transaction", saves::inOne, saves::inTwo, report);
			Limits limits = new Limits(sessions);
			pull("a timeout in the text, against one that is set before and put back", limits::inText,
					limits::setBefore, report);
			pull("a timeout set when connecting, against SET LOCAL in each transaction", limits::whenConnecting,
					limits::inEachTransaction, report);
			pull("isolation that is the default, against one that is switched for a transaction",
					limits::defaultIsolation, limits::switchedIsolation, report);
			Batches batches = new Batches(sessions);
			pull("500 rows, INSERTs that the driver rewrites, against those it does not", batches::rewritten,
					batches::plain, report);
			pull("500 rows as arrays, against INSERTs that the driver rewrites", batches::arrays, batches::rewritten,
					report);
			Openings openings = new Openings(database);
			tell("4 pools opened at once, against one after the other",
					Contest.once(5, contenders(openings::atOnce, openings::inTurn)), report);
		}
	}

	private static void pull(String lever, Contender.Work with, Contender.Work without, Report report)
			throws Exception {
		tell(lever, new Contest(contenders(with, without)), report);
	}

	private static List<Contender> contenders(Contender.Work with, Contender.Work without) {
		return List.of(new Contender(WITH, with), new Contender(WITHOUT, without));
	}

	private static void tell(String lever, Contest contest, Report report) throws Exception {
		report.ratio("lever: " + lever, contest.run().speed(WITH, WITHOUT), Aim.more());
	}

}

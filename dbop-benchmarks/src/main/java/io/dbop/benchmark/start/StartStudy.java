package io.dbop.benchmark.start;

import java.util.ArrayList;
import java.util.List;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Contest;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Standings;
import io.dbop.benchmark.Starter;
import io.dbop.benchmark.Study;

/**
 * What four databases add to the start of an application: whole processes, from their
 * start until the application is ready.
 * <p>
 * The difference in seconds has an aim, but depends on the machine. What is compared with
 * what was stored is therefore the ratio of the whole times.
 */
public final class StartStudy implements Study {

	private static final String ALIASES = "dbop, 4 aliases";

	private static final String NONE = "dbop, no database";

	private static final String WITHOUT = "no dbop, no database";

	private static final String HAND_MADE = "4 lazy HikariCP pools by hand";

	private static final String LAZY = "dbop, 4 aliases that connect when needed";

	private static final String CONNECTED = "4 HikariCP pools by hand that connect";

	private static final String DYNAMIC = "dynamic-datasource, 4 data sources";

	private static final String DYNAMIC_LAZY = "dynamic-datasource, 4 lazy data sources";

	private static final List<String> NAMES = List.of("main", "orders", "users", "archive");

	@Override
	public void run(Form form, Report report) throws Exception {
		try (FourDatabases databases = new FourDatabases()) {
			List<Application> applications = new ArrayList<>(ours(databases));
			applications.addAll(peers(databases, form));
			Standings standings = Contest.once(9, applications.stream().map(Application::contender).toList()).run();
			tell(standings, applications, report);
		}
	}

	private static List<Application> ours(FourDatabases databases) {
		List<Starter> starters = List.of(Starter.JDBC, Starter.DBOP);
		Application aliases = new Application(ALIASES, StartedApplication.class, starters,
				databases.arguments(prefixes("dbop.databases.")));
		Application lazy = new Application(LAZY, StartedApplication.class, starters, aliases.arguments());
		for (String name : NAMES) {
			lazy = lazy.with("--dbop.databases." + name + ".startup=lazy");
		}
		return List.of(aliases, lazy,
				new Application(NONE, StartedApplication.class, starters, List.of()).withoutDatabase(),
				new Application(WITHOUT, StartedApplication.class, List.of(Starter.JDBC), List.of()).withoutDatabase());
	}

	private static List<Application> peers(FourDatabases databases, Form form) {
		Application handMade = new Application(HAND_MADE, HandMadeApplication.class, List.of(Starter.JDBC),
				databases.arguments(List.of("pools[0]", "pools[1]", "pools[2]", "pools[3]")));
		Application connected = new Application(CONNECTED, HandMadeApplication.class, handMade.starters(),
				handMade.arguments())
			.with("--connect=true");
		List<String> arguments = databases.arguments(prefixes("spring.datasource.dynamic.datasource."));
		Application dynamic = dynamic(DYNAMIC, arguments);
		Application lazy = dynamic(DYNAMIC_LAZY, arguments).with("--spring.datasource.dynamic.lazy=true");
		return form.choose(List.of(handMade, connected), List.of(handMade, connected, dynamic, lazy));
	}

	private static Application dynamic(String name, List<String> arguments) {
		return new Application(name, StartedApplication.class, List.of(Starter.JDBC, Starter.DYNAMIC_DATASOURCE),
				arguments)
			.with("--spring.datasource.dynamic.primary=" + NAMES.get(0));
	}

	private static List<String> prefixes(String prefix) {
		return NAMES.stream().map(prefix::concat).toList();
	}

	private static void tell(Standings standings, List<Application> applications, Report report) {
		for (Application each : applications) {
			report.time("start, " + each.name() + ", s", standings.seconds(each.name()));
		}
		report.time("start, " + ALIASES + ", s over " + NONE, standings.secondsOver(ALIASES, NONE), Aim.atMost(0.20));
		report.ratio("start, " + ALIASES + ", against " + NONE, standings.speed(ALIASES, NONE), Aim.more());
		for (Application each : applications) {
			if (!each.name().equals(WITHOUT)) {
				report.time("start, " + each.name() + ", s over " + WITHOUT,
						standings.secondsOver(each.name(), WITHOUT));
			}
		}
	}

}

package io.dbop.benchmark.start;

import java.util.ArrayList;
import java.util.List;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Starter;
import io.dbop.benchmark.Study;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/**
 * What dbop adds to the memory of an idle application with one database, over Spring
 * Boot's own {@code DataSource}: alone, and with the Actuator, where there are meters and
 * advice.
 */
public final class MemoryStudy implements Study {

	private static final double MOST_MEBIBYTES = 4;

	/** What could be given back at once is not what an application needs. */
	private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0");

	@Override
	public void run(Form form, Report report) throws Exception {
		try (DatabaseInstance database = TestDatabase.POSTGRESQL.freshDatabase()) {
			tell("idle application with one database", List.of(Starter.JDBC), database, report);
			tell("the same with the Actuator", List.of(Starter.JDBC, Starter.ACTUATOR), database, report);
		}
	}

	private static void tell(String name, List<Starter> starters, DatabaseInstance database, Report report)
			throws Exception {
		Footprint without = footprint(name + ", Spring Boot alone", starters, bootArguments(database));
		List<Starter> more = new ArrayList<>(starters);
		more.add(Starter.DBOP);
		Footprint with = footprint(name + ", dbop", more, FourDatabases.arguments("dbop.databases.main", database));
		Footprint added = with.minus(without);
		report.count(name + ", live heap that dbop adds, MiB", added.heapMebibytes(), Aim.atMost(MOST_MEBIBYTES));
		report.time(name + ", live heap without dbop, MiB", without.heapMebibytes());
		report.time(name + ", metaspace that dbop adds, MiB", added.metaspaceMebibytes());
		report.time(name + ", classes that dbop adds", added.classes());
	}

	/** As many connections as dbop keeps: connections are not what dbop adds. */
	private static List<String> bootArguments(DatabaseInstance database) {
		int idle = Math.max(3, Runtime.getRuntime().availableProcessors() / 2);
		List<String> arguments = new ArrayList<>(FourDatabases.arguments("spring.datasource", database));
		arguments.add("--spring.datasource.hikari.minimum-idle=" + idle);
		return arguments;
	}

	private static Footprint footprint(String name, List<Starter> starters, List<String> arguments) throws Exception {
		return Footprint.read(new Application(name, IdleApplication.class, starters, arguments).run(JVM));
	}

}

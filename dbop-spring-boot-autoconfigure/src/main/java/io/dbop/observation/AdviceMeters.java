package io.dbop.observation;

import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.dbop.scaling.Capacity;
import io.dbop.scaling.DatabaseAdvisor;
import io.dbop.scaling.Report;
import io.dbop.scaling.ServerConnections;
import io.dbop.scaling.Situation;
import io.dbop.scaling.Window;
import org.jspecify.annotations.Nullable;

/** What the figures of a database mean. What is not known is NaN. */
final class AdviceMeters {

	private static final Map<String, Function<Situation, Window>> WINDOWS = Map.of("1m", Situation::lastMinute, "5m",
			Situation::lastFiveMinutes, "15m", Situation::lastQuarter);

	private final MeterGroup group;

	private final LatestReport report;

	private AdviceMeters(MeterGroup group, LatestReport report) {
		this.group = group;
		this.report = report;
	}

	static void bind(MeterGroup group, DatabaseAdvisor advisor, String alias) {
		AdviceMeters meters = new AdviceMeters(group, new LatestReport(advisor, alias));
		meters.gauge(group, "dbop.advice.level", "Most pressing advice: 0 is OK, 1 NOTICE, 2 WARNING, 3 CRITICAL",
				(report) -> report.level().ordinal());
		WINDOWS.forEach((window, of) -> meters.gauge(group.with("window", window), "dbop.timeout.rate",
				"Share of callers that got no connection in time",
				(report) -> of.apply(report.situation()).timeoutRate()));
		meters.capacity();
		meters.server();
	}

	private void capacity() {
		capacity("dbop.capacity.arrivals", "Callers per second in the last minutes", Capacity::arrivalsPerSecond);
		capacity("dbop.capacity.connections.needed", "Connections that the load of this server needs",
				Capacity::connections);
		capacity("dbop.capacity.servers", "Application servers of this pool size that the load of this one needs",
				(capacity) -> orNaN(capacity.servers()));
		capacity("dbop.capacity.room", "Application servers of this pool size that the database has connections for",
				(capacity) -> orNaN(capacity.room()));
	}

	private void server() {
		capacity("dbop.server.connections.max", "Connections that the database server may have",
				(capacity) -> orNaN(capacity.server(), ServerConnections::max));
		capacity("dbop.server.connections.used", "Connections that the database server has, those of others included",
				(capacity) -> orNaN(capacity.server(), ServerConnections::inUse));
	}

	private void capacity(String name, String description, ToDoubleFunction<Capacity> value) {
		gauge(this.group, name, description, (report) -> value.applyAsDouble(report.situation().capacity()));
	}

	private void gauge(MeterGroup tags, String name, String description, ToDoubleFunction<Report> value) {
		tags.gauge(name, description, this.report, (each) -> orNaN(each.get(), value));
	}

	private static <T> double orNaN(@Nullable T source, ToDoubleFunction<T> value) {
		return (source != null) ? value.applyAsDouble(source) : Double.NaN;
	}

	private static double orNaN(@Nullable Integer value) {
		return (value != null) ? value : Double.NaN;
	}

}

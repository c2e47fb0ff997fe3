package io.dbop.scaling;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Puts an advice together: figures, sentence, action. Its level is that of the timeout
 * rate, or a least one of its own.
 */
final class Wording {

	private final AdviceLevel level;

	private final String cause;

	private final Map<String, Object> figures = new LinkedHashMap<>();

	private String sentence = "";

	private Wording(AdviceLevel level, String cause) {
		this.level = level;
		this.cause = cause;
	}

	static Wording of(Situation situation, AdviceLevel least, String cause) {
		Wording wording = new Wording(least.or(AdviceLevel.of(situation.band())), cause);
		return wording.figure("timeoutRate", situation.lastMinute().timeoutRate())
			.figure("timeouts", situation.lastMinute().pool().timeouts())
			.figure("active", situation.status().active())
			.figure("waiting", situation.status().waiting());
	}

	Wording figure(String name, Object value) {
		this.figures.put(name, value);
		return this;
	}

	Wording server(@Nullable ServerConnections server) {
		if (server != null) {
			figure("serverLimit", server.scope());
			figure("serverMax", server.max());
			figure("serverInUse", server.inUse());
		}
		return this;
	}

	Wording capacity(Capacity capacity) {
		figure("arrivalsPerSecond", capacity.arrivalsPerSecond());
		figure("averageHeldMillis", capacity.held().toNanos() / 1e6);
		figure("connectionsNeeded", capacity.connections());
		if (capacity.poolMax() != null && capacity.servers() != null) {
			figure("poolMax", capacity.poolMax());
			figure("applicationServers", capacity.servers());
		}
		return server(capacity.server());
	}

	/** What would help further, and the figures that say so. */
	Wording next(Situation situation) {
		figure("readShare", situation.lastMinute().readShare());
		figure("singleSaveShare", situation.lastMinute().loneWriteShare());
		return figure("nextSteps", NextStep.of(situation).stream().map(NextStep::name).toList());
	}

	Wording tell(String format, @Nullable Object... arguments) {
		this.sentence = String.format(Locale.ROOT, format, arguments);
		return this;
	}

	Advice act(String action) {
		return new Advice(this.level, this.cause, this.sentence, action, this.figures);
	}

}

package io.dbop.benchmark.capacity;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Measures one row: fresh servers, users, and at the end what the servers say while the
 * users go on.
 */
final class Measurement {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	/** The end of the warm-up is without those who come first only. */
	private static final Duration CALM = Duration.ofSeconds(3);

	private final Form form;

	private final List<String> properties;

	Measurement(Form form, List<String> properties) {
		this.form = form;
		this.properties = properties;
	}

	Outcome of(Row row) throws IOException {
		try (Fleet fleet = new Fleet(row.servers(), this.properties);
				Users users = new Users(row.usersAtFirst(), fleet.ports())) {
			users.ask(growingTo(row.usersAtFirst()), during(this.form.warmUp().minus(CALM)));
			users.ask(row::users, during(CALM));
			long from = System.nanoTime();
			users.ask(row::users, during(this.form.measured()));
			long to = System.nanoTime();
			CompletableFuture<List<Reading>> readings = fleet.read();
			users.ask(row::users, () -> !readings.isDone());
			return new Outcome(row, Figures.of(users.answers(), from, to), lastMinute(row, users.answers(), to),
					readings.join());
		}
	}

	/** Code that is new takes its time: they come one after the other. */
	private IntSupplier growingTo(int users) {
		long begin = System.nanoTime();
		long half = this.form.warmUp().toNanos() / 2;
		return () -> (int) (users * Math.min(1.0, (double) (System.nanoTime() - begin) / half));
	}

	private static BooleanSupplier during(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		return () -> System.nanoTime() < end;
	}

	private static List<Figures> lastMinute(Row row, List<Answer> answers, long to) {
		List<Figures> figures = new ArrayList<>();
		for (int i = 0; i < row.servers(); i++) {
			int server = i;
			figures.add(Figures.of(answers.stream().filter((each) -> each.server() == server).toList(),
					to - MINUTE.toNanos(), to));
		}
		return figures;
	}

}

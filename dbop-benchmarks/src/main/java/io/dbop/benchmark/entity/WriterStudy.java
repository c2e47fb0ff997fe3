package io.dbop.benchmark.entity;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Study;
import io.dbop.entity.BatchWriter;
import io.dbop.entity.EntityOperations;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.RestartableServer;
import io.dbop.test.TestDatabase;

/**
 * Single saves of many threads: by themselves, by a writer while each thread waits for
 * each of its saves, and by a writer while each goes on until some of its saves have not
 * been committed yet. On PostgreSQL whose commits wait for the disk, as they do where
 * data matters.
 */
public final class WriterStudy implements Study {

	private static final int THREADS = 64;

	/** Saves of a thread that are not committed yet, if it does not wait for each. */
	private static final int UNDER_WAY = 16;

	private static final int ROUNDS = 5;

	private static final Duration ROUND = Duration.ofSeconds(2);

	private static final String WORK = "single saves of %d threads, ".formatted(THREADS);

	@Override
	public void run(Form form, Report report) throws Exception {
		try (RestartableServer server = RestartableServer.of(TestDatabase.POSTGRESQL, "-c", "fsync=on", "-c",
				"synchronous_commit=on")) {
			server.start();
			try (DatabaseInstance database = server.freshDatabase();
					DbopApplication application = new DbopApplication(database)) {
				EntityOperations entities = application.database().entities();
				BatchWriter writer = entities.writer("events");
				double[] alone = new double[ROUNDS];
				double[] waiting = new double[ROUNDS];
				double[] going = new double[ROUNDS];
				for (int i = -1; i < ROUNDS; i++) {
					int round = Math.max(0, i);
					alone[round] = throughput(() -> (number) -> entities.save("events", event(number)));
					waiting[round] = throughput(() -> (number) -> writer.save(event(number)).join());
					going[round] = throughput(() -> goingOn(writer));
				}
				report.time(WORK + "each by itself, per second", median(alone));
				report.time(WORK + "by a writer, each waited for, per second", median(waiting));
				report.time(WORK + "by a writer, per second", median(going));
				report.ratio(WORK + "by a writer, each waited for, against each by itself",
						median(waiting) / median(alone), Aim.more());
				report.ratio(WORK + "by a writer, against each by itself", median(going) / median(alone),
						Aim.atLeast(5));
			}
		}
	}

	private static Map<String, Object> event(int number) {
		return Map.of("kind", "login", "name", "Event number " + number, "number", number);
	}

	/** Counts with each save one that has been committed. */
	private static IntConsumer goingOn(BatchWriter writer) {
		Queue<CompletableFuture<String>> underWay = new ArrayDeque<>();
		return (number) -> {
			while (underWay.size() < UNDER_WAY) {
				underWay.add(writer.save(event(number)));
			}
			underWay.remove().join();
		};
	}

	private static double throughput(Supplier<IntConsumer> saver) throws InterruptedException {
		LongAdder saved = new LongAdder();
		long start = System.nanoTime();
		long end = start + ROUND.toNanos();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Thread thread = new Thread(() -> {
				IntConsumer save = saver.get();
				for (int number = 0; System.nanoTime() < end; number++) {
					save.accept(number);
					saved.increment();
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		return saved.sum() * 1e9 / (System.nanoTime() - start);
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

}

package io.dbop.entity;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** What many threads do at once to the entities of one application. */
enum Race {

	/** Each saves the first entity of a type. */
	CREATE {

		@Override
		void run(EntityOperations entities, String entity, int process, int thread, int times) {
			entities.save(entity, id(process, thread), Map.of("name", "John", "number", thread));
		}

	},

	/**
	 * Each saves the first entity of a type, with values that columns alone do not tell.
	 */
	TYPES {

		@Override
		void run(EntityOperations entities, String entity, int process, int thread, int times) {
			entities.save(entity, id(process, thread), types(thread));
		}

	},

	/** Each has the tables made ready for a field of its own, and one that all add. */
	PREPARE {

		@Override
		void run(EntityOperations entities, String entity, int process, int thread, int times) {
			entities.prepare(entity, Map.of("common", thread, field(process, thread), true));
		}

	},

	/** Each adds a field of its own, and one that all add. */
	COLUMNS {

		@Override
		void run(EntityOperations entities, String entity, int process, int thread, int times) {
			entities.save(entity, id(process, thread), Map.of("common", thread, field(process, thread), true));
		}

	},

	/** All save one entity. */
	COUNT {

		@Override
		void run(EntityOperations entities, String entity, int process, int thread, int times) {
			for (int i = 0; i < times; i++) {
				entities.save(entity, "one", Map.of("process", process, "thread", thread, "n", i));
			}
		}

	},

	/** All do everything to a few entities. */
	MIX {

		@Override
		void run(EntityOperations entities, String entity, int process, int thread, int times) {
			Random random = new Random(process * 100L + thread);
			for (int i = 0; i < times; i++) {
				String id = "m" + random.nextInt(3);
				switch (random.nextInt(7)) {
					case 0 -> entities.delete(entity, id);
					case 1 -> entities.restore(entity, id);
					case 2 -> entities.purge(entity, id);
					case 3, 4 -> entities.saveAll(entity, List.of(Map.of("id", "m" + random.nextInt(3), "n", i),
							Map.of("id", id, "n", i, "b", thread), Map.of("id", "m" + random.nextInt(3), "c", "x")));
					default -> entities.save(entity, id, Map.of("n", i, "thread", thread));
				}
			}
		}

	};

	abstract void run(EntityOperations entities, String entity, int process, int thread, int times);

	static Map<String, Object> types(int thread) {
		return Map.of("at", Instant.ofEpochSecond(thread), "day", DayOfWeek.MONDAY, "small", (short) thread, "took",
				Duration.ofSeconds(thread), "large", BigInteger.valueOf(thread), "ratio", 0.5f);
	}

	static String id(int process, int thread) {
		return "p" + process + "t" + thread;
	}

	static String field(int process, int thread) {
		return "field_" + id(process, thread);
	}

	/** Runs it on threads that begin together, and gives what they have failed with. */
	List<String> start(EntityOperations entities, String entity, int process, int threads, int times) {
		CountDownLatch begin = new CountDownLatch(threads);
		Queue<String> failures = new ConcurrentLinkedQueue<>();
		List<Thread> all = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			int number = i;
			Thread thread = new Thread(() -> {
				try {
					begin.countDown();
					begin.await();
					run(entities, entity, process, number, times);
				}
				catch (Throwable ex) {
					StringWriter trace = new StringWriter();
					ex.printStackTrace(new PrintWriter(trace));
					failures.add(trace.toString());
				}
			}, "race-" + i);
			all.add(thread);
			thread.start();
		}
		all.forEach(Race::join);
		return List.copyOf(failures);
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

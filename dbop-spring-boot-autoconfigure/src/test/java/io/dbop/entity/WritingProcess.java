package io.dbop.entity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/**
 * An application in a process of its own whose threads save by a writer, and which says
 * what has been acknowledged to them.
 */
final class WritingProcess {

	private static final int THREADS = 64;

	/** Tells a line that is whole. */
	private static final char END = '.';

	private final Process process;

	private final BufferedReader output;

	WritingProcess(DatabaseInstance database) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		this.process = new ProcessBuilder(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), WritingProcess.class.getName(), database.database().name(),
				database.url(), database.username(), database.password())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		this.output = this.process.inputReader();
	}

	/**
	 * Kills it once so many saves have been acknowledged.
	 * @return their ids, and of those that were acknowledged meanwhile
	 */
	Set<String> killAfter(int saves) throws IOException {
		Set<String> acknowledged = new HashSet<>();
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			if (line.endsWith(String.valueOf(END))) {
				acknowledged.add(line.substring(0, line.length() - 1));
			}
			if (acknowledged.size() == saves) {
				// Its output can still be read then.
				this.process.toHandle().destroyForcibly();
			}
		}
		return acknowledged;
	}

	/**
	 * What runs in the process.
	 * @param arguments the database
	 */
	public static void main(String[] arguments) throws InterruptedException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		EntityFixture fixture = new EntityFixture(
				new SameDatabase(TestDatabase.valueOf(arguments[0]), arguments[1], arguments[2], arguments[3]));
		new SavingThreads(fixture.entities().writer(SavingThreads.ENTITY), THREADS, (id) -> tell(answers, id));
		Thread.currentThread().join();
	}

	private static void tell(PrintStream answers, String id) {
		synchronized (answers) {
			answers.print(id + END + '\n');
			answers.flush();
		}
	}

}

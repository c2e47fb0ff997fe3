package io.dbop.entity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * An application instance in a process of its own, which does what it is told line by
 * line, and ends when nobody is there who could tell it something.
 */
final class RacingProcess implements AutoCloseable {

	private static final String END = "end of answer";

	private final Process process;

	private final BufferedReader answers;

	private final PrintStream orders;

	private RacingProcess(Process process) {
		this.process = process;
		this.answers = process.inputReader(StandardCharsets.UTF_8);
		this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
	}

	static RacingProcess start(int number) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		ProcessBuilder builder = new ProcessBuilder(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-cp", System.getProperty("java.class.path"), RacingProcess.class.getName(), Integer.toString(number));
		return new RacingProcess(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
	}

	void open(DatabaseInstance database) {
		tell("open", database.database().name(), database.url(), database.username(), database.password());
	}

	void run(Race race, String entity, int threads, int times) {
		tell(race.name(), entity, Integer.toString(threads), Integer.toString(times));
	}

	void shut() {
		tell("shut");
	}

	private void tell(String... words) {
		this.orders.println(String.join("\t", words));
	}

	/** What went wrong, empty if nothing did. */
	String answer() {
		StringBuilder answer = new StringBuilder();
		try {
			for (String line = this.answers.readLine(); !END.equals(line); line = this.answers.readLine()) {
				if (line == null) {
					return answer + "The process has ended";
				}
				answer.append(line).append('\n');
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return answer.toString();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/**
	 * What runs in the process.
	 * @param arguments its number
	 */
	public static void main(String[] arguments) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		Instance instance = new Instance(Integer.parseInt(arguments[0]));
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			for (String failure : instance.obey(line.split("\t", -1))) {
				answers.println(failure);
			}
			answers.println(END);
			answers.flush();
		}
		Runtime.getRuntime().halt(0);
	}

	/** The application. */
	private static final class Instance {

		private final int number;

		private @Nullable EntityFixture fixture;

		Instance(int number) {
			this.number = number;
		}

		List<String> obey(String[] words) {
			if (words[0].equals("open")) {
				EntityFixture opened = EntityFixture
					.amongOthers(new SameDatabase(TestDatabase.valueOf(words[1]), words[2], words[3], words[4]));
				opened.entities().plan("nothing", Map.of());
				this.fixture = opened;
				return List.of();
			}
			EntityFixture opened = this.fixture;
			if (opened == null) {
				return List.of("There is no database");
			}
			if (words[0].equals("shut")) {
				opened.close();
				return List.of();
			}
			return Race.valueOf(words[0])
				.start(opened.entities(), words[1], this.number, Integer.parseInt(words[2]),
						Integer.parseInt(words[3]));
		}

	}

}

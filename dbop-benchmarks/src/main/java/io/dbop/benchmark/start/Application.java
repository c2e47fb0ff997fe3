package io.dbop.benchmark.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.dbop.benchmark.ClassPath;
import io.dbop.benchmark.Contender;
import io.dbop.benchmark.JavaProcess;
import io.dbop.benchmark.Starter;

/**
 * An application that is started in a process of its own, again and again.
 *
 * @param name what it is called in the table
 * @param main its main class
 * @param starters what it depends on
 * @param arguments its properties
 */
record Application(String name, Class<?> main, List<Starter> starters, List<String> arguments) {

	/** Otherwise Spring Boot misses a URL. */
	private static final String NO_DATABASE = "--spring.autoconfigure.exclude="
			+ "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

	/** Seen from the root of the project. */
	private static final Path LOGS = Path.of("dbop-benchmarks", "target", "speed");

	Application with(String argument) {
		List<String> all = new ArrayList<>(this.arguments);
		all.add(argument);
		return new Application(this.name, this.main, this.starters, all);
	}

	Application withoutDatabase() {
		return with(NO_DATABASE);
	}

	Contender contender() {
		return new Contender(this.name, () -> run(List.of()));
	}

	/**
	 * Runs it to its end.
	 * @param jvm the options of its virtual machine
	 * @return where its output is
	 * @throws IOException if it fails
	 * @throws InterruptedException if the thread is interrupted
	 */
	Path run(List<String> jvm) throws IOException, InterruptedException {
		Path log = Files.createDirectories(LOGS).resolve(this.name.replaceAll("\\W+", "-") + ".log");
		String classPath = ClassPath.of(this.starters.toArray(Starter[]::new));
		int exit = JavaProcess.of(jvm, classPath, this.main, this.arguments)
			.redirectOutput(log.toFile())
			.start()
			.waitFor();
		if (exit != 0) {
			throw new IOException("The application failed, see " + log);
		}
		return log;
	}

}

package io.dbop.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a study, in a process of its own: what one study has the virtual machine
 * learn is not to the good or bad of another.
 */
final class StudyProcess {

	private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC");

	private StudyProcess() {
	}

	/**
	 * Starts one and waits for its end.
	 * @param study the study
	 * @param form how thoroughly it is run
	 * @param log where its output goes
	 * @return what it has found
	 * @throws IOException if it fails
	 */
	static List<Finding> run(Studies study, Form form, Path log) throws IOException {
		ProcessBuilder builder = JavaProcess.of(JVM, ClassPath.own(), StudyProcess.class,
				List.of(study.name(), form.name()));
		Process process = builder.start();
		List<Finding> findings = new ArrayList<>();
		try (BufferedReader output = process.inputReader();
				PrintWriter copy = new PrintWriter(Files.newBufferedWriter(log))) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				copy.println(line);
				if (Finding.isLine(line)) {
					findings.add(Finding.parse(line));
				}
			}
		}
		if (process.onExit().join().exitValue() != 0) {
			throw new IOException("The study %s failed, see %s".formatted(study, log));
		}
		return findings;
	}

	/**
	 * Runs a study in this process.
	 * @param arguments the study and the form
	 */
	public static void main(String[] arguments) {
		PrintStream out = System.out;
		try {
			Studies.valueOf(arguments[0]).create().run(Form.valueOf(arguments[1]), new Report(out));
		}
		catch (Throwable ex) {
			ex.printStackTrace(out);
			System.exit(1);
		}
		System.exit(0);
	}

}

package io.dbop.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes that benchmarks start, on the virtual machine that they run on
 * themselves.
 */
public final class JavaProcess {

	private JavaProcess() {
	}

	/**
	 * Prepares one, whose errors go where its output goes.
	 * @param jvm the options of its virtual machine
	 * @param classPath its class path
	 * @param main its main class
	 * @param arguments the arguments of that
	 * @return the process, to be started
	 */
	public static ProcessBuilder of(List<String> jvm, String classPath, Class<?> main, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvm);
		command.add(main.getName());
		command.addAll(arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("CLASSPATH", classPath);
		return builder;
	}

}

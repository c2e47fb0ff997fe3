package io.dbop.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The process of a database server. It dies with this JVM, even if the JVM is killed.
 */
final class ServerProcess {

	private final Process process;

	private final Process guard;

	private final Path log;

	private ServerProcess(Process process, Process guard, Path log) {
		this.process = process;
		this.guard = guard;
		this.log = log;
	}

	static ServerProcess start(List<String> command, Map<String, String> environment, Path directory)
			throws IOException {
		Path log = directory.resolve("server.log");
		Process process = launch(command, environment, log);
		return new ServerProcess(process, guard(process, directory), log);
	}

	/**
	 * Run a program that ends by itself.
	 * @param command the program and its arguments
	 * @param log where its output goes
	 * @throws IOException if it cannot be run, or fails
	 */
	static void run(List<String> command, Path log) throws IOException {
		try {
			if (launch(command, Map.of(), log).waitFor() != 0) {
				throw new IOException(command + " failed: " + Files.readString(log));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(command + " was interrupted", ex);
		}
	}

	private static Process launch(List<String> command, Map<String, String> environment, Path log) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		builder.environment().putAll(environment);
		return builder.start();
	}

	/**
	 * Start a shell that waits for the end of its input, which is the end of this JVM.
	 * @param process the process to kill then
	 * @param directory what to delete then
	 * @return the shell
	 */
	private static Process guard(Process process, Path directory) throws IOException {
		return new ProcessBuilder("sh", "-c", "read -r _; kill -9 \"$1\"; rm -rf \"$2\"", "sh",
				Long.toString(process.pid()), directory.toString())
			.start();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Kill the server and its children with SIGKILL, and wait until they are gone.
	 */
	void kill() {
		// Listed before, for nobody knows the children of a dead process.
		List<ProcessHandle> children = this.process.descendants().toList();
		this.guard.destroyForcibly();
		this.process.destroyForcibly();
		children.forEach(ProcessHandle::destroyForcibly);
		this.process.onExit().join();
		children.forEach(ServerProcess::awaitEnd);
	}

	/**
	 * Send a signal to the server and its children.
	 * @param name the name of the signal, such as {@code STOP}
	 * @throws IOException if the system refuses
	 */
	void signal(String name) throws IOException {
		// First the server: while it is stopped it makes no more children.
		run(List.of("kill", "-s", name, Long.toString(this.process.pid())), this.log);
		List<String> children = this.process.descendants().map((child) -> Long.toString(child.pid())).toList();
		if (!children.isEmpty()) {
			Process signal = launch(Stream.concat(Stream.of("kill", "-s", name), children.stream()).toList(), Map.of(),
					this.log);
			// Whatever it returns: a child that ends in this moment needs no signal.
			signal.onExit().join();
		}
	}

	/**
	 * Wait until a process runs no program. It may be listed for much longer: its parent
	 * is dead, and whoever inherits it takes its time to notice.
	 */
	private static void awaitEnd(ProcessHandle process) {
		while (process.isAlive() && process.info().command().isPresent()) {
			LockSupport.parkNanos(1_000_000);
		}
	}

	String log() throws IOException {
		return Files.readString(this.log);
	}

}

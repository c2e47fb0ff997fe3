package io.dbop.benchmark.capacity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.dbop.benchmark.ClassPath;
import io.dbop.benchmark.JavaProcess;
import io.dbop.benchmark.Starter;

/**
 * The process of an application server, as its starter has it.
 */
final class ApplicationServer implements AutoCloseable {

	private static final int START_SECONDS = 120;

	private static final List<String> JVM = List.of("-Xmx320m", "-Xmn160m", "-Xss256k", "-XX:+UseSerialGC",
			"-XX:TieredStopAtLevel=1");

	private final Process process;

	private final Path log;

	private final CompletableFuture<Integer> port = new CompletableFuture<>();

	private ApplicationServer(Process process, Path log) {
		this.process = process;
		this.log = log;
		Thread reader = new Thread(this::read, "output of " + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Starts one, without the peers of other benchmarks.
	 * @param properties the properties of the application
	 * @param log where its output goes
	 * @return the server, which does not listen yet
	 * @throws IOException if there can be no process
	 */
	static ApplicationServer start(List<String> properties, Path log) throws IOException {
		String classPath = ClassPath.of(Starter.JDBC, Starter.MARIADB, Starter.DBOP, Starter.ACTUATOR, Starter.WEB);
		ProcessBuilder builder = JavaProcess.of(JVM, classPath, CapacityServer.class,
				properties.stream().map((each) -> "--" + each).toList());
		return new ApplicationServer(builder.start(), log);
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader();
				PrintWriter copy = new PrintWriter(Files.newBufferedWriter(this.log))) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				copy.println(line);
				copy.flush();
				if (line.startsWith(CapacityServer.READY)) {
					this.port.complete(Integer.parseInt(line.substring(CapacityServer.READY.length())));
				}
			}
		}
		catch (IOException ex) {
			// It was killed.
		}
		this.port.completeExceptionally(new IOException("An application server ended, see " + this.log));
	}

	/**
	 * Waits until it listens.
	 * @return the port that it listens on
	 * @throws IOException if it does not start
	 */
	int port() throws IOException {
		try {
			return this.port.get(START_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while an application server starts", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IOException("An application server did not start, see " + this.log, ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

}

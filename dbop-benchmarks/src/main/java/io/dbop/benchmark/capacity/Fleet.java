package io.dbop.benchmark.capacity;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The application servers of a row.
 */
final class Fleet implements AutoCloseable {

	/**
	 * A thread for each user who waits. Neither retries nor the circuit breaker, for they
	 * would change the load: what is measured is the pool.
	 */
	private static final List<String> PROPERTIES = List.of("server.address=127.0.0.1", "server.port=0",
			"server.tomcat.threads.max=1500", "server.tomcat.accept-count=1500",
			"server.tomcat.max-keep-alive-requests=-1", "server.tomcat.keep-alive-timeout=10m",
			"management.endpoints.web.exposure.include=dbop", "dbop.databases.main.pool.max=" + Row.POOL,
			"dbop.databases.main.connection-acquisition-timeout=2s", "dbop.databases.main.retry.max-retries=0",
			"dbop.databases.main.circuit-breaker.enabled=false", "dbop.advice.interval=1s", "logging.level.root=warn",
			"logging.level.io.dbop.execution=error", "spring.main.banner-mode=off",
			"spring.mvc.formcontent.filter.enabled=false", "management.metrics.enable.http=false");

	/** Seen from the root of the project. */
	private static final Path LOGS = Path.of("dbop-benchmarks", "target", "capacity");

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<ApplicationServer> servers = new ArrayList<>();

	private final List<Integer> ports = new ArrayList<>();

	Fleet(int number, List<String> more) throws IOException {
		List<String> properties = new ArrayList<>(PROPERTIES);
		properties.addAll(more);
		Path logs = Files.createDirectories(LOGS);
		try {
			for (int i = 0; i < number; i++) {
				this.servers.add(ApplicationServer.start(properties, logs.resolve("server-" + i + ".log")));
			}
			for (ApplicationServer each : this.servers) {
				this.ports.add(each.port());
			}
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
	}

	/** Where they listen. */
	List<Integer> ports() {
		return this.ports;
	}

	/** What their endpoints say. */
	CompletableFuture<List<Reading>> read() {
		List<CompletableFuture<Reading>> readings = this.ports.stream()
			.map((port) -> Reading.of(this.client, port))
			.toList();
		return CompletableFuture.allOf(readings.toArray(CompletableFuture[]::new))
			.thenApply((all) -> readings.stream().map(CompletableFuture::join).toList());
	}

	@Override
	public void close() {
		this.servers.forEach(ApplicationServer::close);
	}

}

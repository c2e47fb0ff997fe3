package io.dbop.sample.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;

/**
 * The sample on one kind of database, started when it is first asked for and shared by
 * all tests. It reaches a server through a proxy, which tests may break.
 */
final class SampleOnDatabase {

	private static final Map<TestDatabase, SampleOnDatabase> samples = new EnumMap<>(TestDatabase.class);

	private final List<AutoCloseable> resources = new ArrayList<>();

	private final List<String> arguments = new ArrayList<>();

	private WireProxy proxy;

	private SampleProcess process;

	private SampleOnDatabase(TestDatabase database) throws IOException {
		if (database != TestDatabase.SQLITE) {
			useServer(database);
		}
		this.process = SampleProcess.start(Files.createTempDirectory("dbop-sample"), this.arguments);
		this.resources.add(0, this.process);
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
	}

	static synchronized SampleOnDatabase of(TestDatabase database) {
		return samples.computeIfAbsent(database, (missing) -> {
			try {
				return new SampleOnDatabase(missing);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	SampleClient client() {
		return this.process.client();
	}

	WireProxy proxy() {
		return this.proxy;
	}

	private void useServer(TestDatabase database) {
		DatabaseInstance main = database.freshDatabase();
		DatabaseInstance reporting = database.freshDatabase();
		this.proxy = main.proxy();
		this.resources.addAll(List.of(this.proxy, main, reporting));
		InetSocketAddress address = this.proxy.address();
		this.arguments.addAll(List.of("--spring.profiles.active=" + profile(database),
				"--sample.server.host=" + address.getHostString(), "--sample.server.port=" + address.getPort(),
				"--sample.server.username=" + main.username(), "--sample.server.password=" + main.password(),
				"--sample.main=" + name(main), "--sample.reporting=" + name(reporting)));
		// The tests break more connections in a minute than a healthy server does.
		this.arguments.add("--dbop.databases.main.circuit-breaker.failure-threshold=1000");
		// How long it takes them to see that there is no connection.
		this.arguments.add("--dbop.databases.main.connection-acquisition-timeout=1s");
		if (database == TestDatabase.MYSQL) {
			// The proxy cannot read what is encrypted.
			this.arguments.add("--dbop.databases.main.hikari.data-source-properties.sslMode=DISABLED");
		}
	}

	private static String profile(TestDatabase database) {
		return switch (database) {
			case POSTGRESQL -> "postgres";
			case MARIADB -> "mariadb";
			case MYSQL -> "mysql";
			default -> throw new IllegalArgumentException("The sample has no profile for " + database);
		};
	}

	private static String name(DatabaseInstance database) {
		return URI.create(database.url().substring("jdbc:".length())).getPath().substring(1);
	}

	private void close() {
		for (AutoCloseable resource : this.resources) {
			try {
				resource.close();
			}
			catch (Exception ex) {
				// An embedded server dies with this JVM, perhaps before its databases are
				// dropped.
			}
		}
	}

}

package io.dbop.test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

final class RestartablePostgres extends RestartableServer {

	private final PostgresInstallation installation;

	/** Whom it follows, if it is a replica. */
	private @Nullable DatabaseServer primary;

	private RestartablePostgres(PostgresInstallation installation) throws IOException {
		super(TestDatabase.POSTGRESQL, new PostgresDialect(), PostgresInstallation.USER);
		this.installation = installation;
	}

	static RestartablePostgres create() throws IOException {
		return new RestartablePostgres(new PostgresInstallation());
	}

	/**
	 * Make it a replica of another server, whatever it was. Both begin with the same
	 * fresh data, and the other has kept all that it has written since.
	 * @param other the primary
	 */
	void follow(RestartablePostgres other) {
		forget();
		this.primary = other.address();
	}

	@Override
	void initialize() throws IOException {
		ServerProcess.run(List.of("cp", "-a", this.installation.freshData().toString(), data().toString()),
				directory().resolve("initialize.log"));
		if (this.primary != null) {
			Files.createFile(data().resolve("standby.signal"));
		}
	}

	@Override
	List<String> command() throws IOException {
		List<String> command = new ArrayList<>(PostgresInstallation.launcher());
		command.add(this.installation.program("postgres").toString());
		command.addAll(List.of("-D", data().toString()));
		command.addAll(List.of("-p", Integer.toString(address().port())));
		command.addAll(List.of("-h", address().host()));
		command.addAll(List.of("-c", "unix_socket_directories="));
		command.addAll(List.of("-c", "max_connections=300"));
		command.addAll(List.of("-c", "timezone=UTC"));
		// A killed process loses nothing that the system has been given to write.
		command.addAll(List.of("-c", "fsync=off"));
		command.addAll(List.of("-c", "wal_keep_size=1GB"));
		if (this.primary != null) {
			command.addAll(List.of("-c", "primary_conninfo=host=%s port=%d user=%s".formatted(this.primary.host(),
					this.primary.port(), this.primary.username())));
			command.addAll(List.of("-c", "wal_retrieve_retry_interval=100ms"));
		}
		return command;
	}

	@Override
	Map<String, String> environment() {
		return Map.of();
	}

}

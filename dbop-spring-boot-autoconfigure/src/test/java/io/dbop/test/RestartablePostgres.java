package io.dbop.test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class RestartablePostgres extends RestartableServer {

	private final PostgresInstallation installation;

	private RestartablePostgres(PostgresInstallation installation) throws IOException {
		super(TestDatabase.POSTGRESQL, new PostgresDialect(), PostgresInstallation.USER);
		this.installation = installation;
	}

	static RestartablePostgres create() throws IOException {
		return new RestartablePostgres(new PostgresInstallation());
	}

	@Override
	void initialize() throws IOException {
		ServerProcess.run(List.of("cp", "-a", this.installation.freshData().toString(), data().toString()),
				directory().resolve("initialize.log"));
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
		return command;
	}

	@Override
	Map<String, String> environment() {
		return Map.of();
	}

}

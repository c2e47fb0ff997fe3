package io.dbop.test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class RestartableMySql extends RestartableServer {

	private final MySqlInstallation installation;

	private RestartableMySql(MySqlInstallation installation) throws IOException {
		super(TestDatabase.MYSQL, MySqlDialect.CONNECTOR_J, "root");
		this.installation = installation;
	}

	static RestartableMySql create() throws IOException {
		return new RestartableMySql(new MySqlInstallation());
	}

	@Override
	void initialize() throws IOException {
		ServerProcess.run(List.of("cp", "-a", this.installation.freshData().toString(), data().toString()),
				directory().resolve("initialize.log"));
		// Each server gets an identity of its own, or could not replicate to another.
		Files.deleteIfExists(data().resolve("auto.cnf"));
	}

	@Override
	List<String> command() throws IOException {
		List<String> command = new ArrayList<>(this.installation.server());
		command.addAll(List.of("--datadir=" + data(), "--socket=" + directory().resolve("socket"),
				"--pid-file=" + directory().resolve("pid"), "--port=" + address().port(),
				"--bind-address=" + address().host(), "--skip-name-resolve", "--max-connections=300",
				"--max-allowed-packet=64M", "--innodb-buffer-pool-size=128M",
				// A killed process loses nothing that the system has been given to write.
				"--innodb-flush-log-at-trx-commit=2"));
		return command;
	}

	@Override
	Map<String, String> environment() {
		return Map.of();
	}

}

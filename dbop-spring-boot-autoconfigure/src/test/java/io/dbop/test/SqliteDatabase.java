package io.dbop.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Properties;

import javax.sql.DataSource;

import io.dbop.test.wire.WireProxy;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * SQLite in a file of its own. It has no server, so there is nobody who could count or
 * kill sessions, and it cannot sleep.
 *
 * @param directory where the file and its journals are
 */
record SqliteDatabase(Path directory) implements DatabaseInstance {

	private static final int DELETE_ATTEMPTS = 100;

	static SqliteDatabase create() throws IOException {
		return new SqliteDatabase(Files.createTempDirectory("dbop-sqlite"));
	}

	@Override
	public TestDatabase database() {
		return TestDatabase.SQLITE;
	}

	@Override
	public String origin() {
		return "in process";
	}

	@Override
	public String url() {
		return "jdbc:sqlite:" + this.directory.resolve("test.db");
	}

	@Override
	public String username() {
		return "";
	}

	@Override
	public String password() {
		return "";
	}

	@Override
	public String driverClassName() {
		return "org.sqlite.JDBC";
	}

	/** It is for preparing tests and looking at what they left: no power will fail. */
	@Override
	public DataSource dataSource() {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(url());
		dataSource.setDriverClassName(driverClassName());
		Properties quick = new Properties();
		quick.setProperty("synchronous", "OFF");
		dataSource.setConnectionProperties(quick);
		return dataSource;
	}

	@Override
	public int sessions() {
		throw noServer();
	}

	@Override
	public void kill(Session session) {
		throw noServer();
	}

	@Override
	public Session sessionOf(Connection connection) {
		throw noServer();
	}

	@Override
	public String sleepSql(Duration duration) {
		throw noServer();
	}

	@Override
	public WireProxy proxy() {
		throw noServer();
	}

	@Override
	public DatabaseInstance through(WireProxy proxy) {
		throw noServer();
	}

	/** Whoever still writes makes a journal and takes it away meanwhile. */
	@Override
	public void close() {
		for (int left = DELETE_ATTEMPTS; Files.exists(this.directory); left--) {
			try {
				FileSystemUtils.deleteRecursively(this.directory);
			}
			catch (IOException ex) {
				if (left == 0) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	private static UnsupportedOperationException noServer() {
		return new UnsupportedOperationException("SQLite has no server");
	}

}

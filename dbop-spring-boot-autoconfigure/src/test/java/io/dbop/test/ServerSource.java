package io.dbop.test;

import java.sql.SQLException;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Finds or starts the one server that the tests of this JVM share.
 */
final class ServerSource implements DatabaseSource {

	private final String name;

	private final ServerDialect dialect;

	private final Callable<DatabaseServer> container;

	private final @Nullable Callable<? extends RestartableServer> embedded;

	private final SpareDatabases spares = new SpareDatabases();

	private @Nullable DatabaseServer server;

	private @Nullable String skipReason;

	/**
	 * Describe where to look.
	 * @param name the name that settings use
	 * @param dialect how to talk to the server
	 * @param container starts a container, or throws an exception that says why not
	 * @param embedded creates a server from downloaded programs, if there are any
	 */
	ServerSource(String name, ServerDialect dialect, Callable<DatabaseServer> container,
			@Nullable Callable<? extends RestartableServer> embedded) {
		this.name = name;
		this.dialect = dialect;
		this.container = container;
		this.embedded = embedded;
	}

	@Override
	public @Nullable String skipReason() {
		find();
		return this.skipReason;
	}

	@Override
	public boolean isCluster() {
		DatabaseServer server = find();
		return server != null && server.isCluster();
	}

	@Override
	public DatabaseInstance freshDatabase(TestDatabase database) {
		DatabaseServer server = find();
		if (server == null) {
			throw new IllegalStateException(this.name + " is not available: " + this.skipReason);
		}
		try {
			return this.spares.lend(database, this.dialect, server);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private synchronized @Nullable DatabaseServer find() {
		if (this.server == null && this.skipReason == null) {
			TestSetting setting = TestSetting.url(this.name);
			String url = setting.value();
			// A URL that does not work is a mistake to be told, not to be worked around.
			this.server = (url != null) ? connect(setting.environmentVariable(), url) : start();
		}
		return this.server;
	}

	private @Nullable DatabaseServer connect(String origin, String url) {
		try {
			DatabaseServer given = DatabaseServer.parse(origin, url);
			for (DatabaseServer member : given.members()) {
				this.dialect.administer(member).close();
			}
			return given;
		}
		catch (SQLException | IllegalArgumentException ex) {
			this.skipReason = origin + " does not work: " + ex.getMessage();
			return null;
		}
	}

	private @Nullable DatabaseServer start() {
		String reason = TestSetting.url(this.name).environmentVariable() + " is not set";
		try {
			return this.container.call();
		}
		catch (Exception ex) {
			reason += ", no container: " + ex.getMessage();
		}
		if (this.embedded == null) {
			this.skipReason = reason + ", and there are no embedded programs";
			return null;
		}
		try {
			RestartableServer embedded = this.embedded.call();
			embedded.start();
			return embedded.address();
		}
		catch (Exception ex) {
			this.skipReason = reason + ", no embedded programs: " + ex.getMessage();
			return null;
		}
	}

}

package io.dbop.fault;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;

import io.dbop.database.Database;
import io.dbop.execution.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a call is doing when the server is frozen.
 */
enum Phase {

	/** Idle connections are validated before they are handed out. */
	VALIDATION(true) {

		@Override
		void prepare(FrozenCall call) {
			one(call.database());
			// So long that HikariCP does not trust them any more.
			pause(Duration.ofMillis(600));
		}

	},

	/** The connection is handed out as it is. */
	FIRST_OF_ALL(true) {

		@Override
		void prepare(FrozenCall call) {
			call.keepWarm();
		}

	},

	/** There is no connection yet. */
	CONNECT(true),

	FIRST_STATEMENT(false),

	/** Nobody has given a time: that of the alias, and the socket's margin. */
	UNLIMITED(false),

	LATER_STATEMENT(false) {

		@Override
		void work(FrozenCall call, Database database) {
			update(database);
			super.work(call, database);
		}

	},

	RUNNING_STATEMENT(false) {

		@Override
		void work(FrozenCall call, Database database) {
			JdbcTemplate jdbc = database.jdbcTemplate();
			String sleep = sleep(database, Duration.ofSeconds(20));
			call.begin();
			call.aboutToRun();
			jdbc.execute(sleep);
		}

	},

	BATCH(false) {

		@Override
		void work(FrozenCall call, Database database) {
			database.jdbcTemplate().execute((ConnectionCallback<Object>) (connection) -> {
				try (PreparedStatement insert = connection.prepareStatement("insert into big (text) values (?)")) {
					for (int i = 0; i < 1000; i++) {
						insert.setString(1, "x");
						insert.addBatch();
					}
					call.awaitFrozen();
					insert.executeBatch();
				}
				return null;
			});
		}

	},

	LARGE_STATEMENT(false) {

		@Override
		void work(FrozenCall call, Database database) {
			call.awaitFrozen();
			database.jdbcTemplate().update("insert into big (text) values (?)", LARGE);
		}

	},

	FETCH(false) {

		@Override
		void work(FrozenCall call, Database database) {
			database.jdbcTemplate().execute((ConnectionCallback<Object>) (connection) -> {
				try (Statement statement = connection.createStatement()) {
					boolean mysql = connection.getMetaData().getDriverName().startsWith("MySQL");
					statement.setFetchSize(mysql ? Integer.MIN_VALUE : 10);
					try (ResultSet rows = statement.executeQuery("select text from many")) {
						for (int i = 0; rows.next(); i++) {
							if (i == 5) {
								call.awaitFrozen();
							}
						}
					}
				}
				return null;
			});
		}

	},

	COMMIT(false) {

		@Override
		void work(FrozenCall call, Database database) {
			update(database);
			call.awaitFrozen();
		}

		@Override
		boolean expects(@Nullable Throwable failure) {
			return failure instanceof CommitOutcomeUnknownException;
		}

	},

	ROLLBACK(false) {

		@Override
		void work(FrozenCall call, Database database) {
			update(database);
			call.awaitFrozen();
			throw new IllegalStateException("of the application");
		}

		@Override
		boolean expects(@Nullable Throwable failure) {
			return failure instanceof IllegalStateException;
		}

	},

	/** The work is committed, and the connection goes back. */
	PUT_BACK(false) {

		@Override
		void work(FrozenCall call, Database database) {
			update(database);
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					call.awaitFrozen();
				}

			});
		}

		@Override
		boolean expects(@Nullable Throwable failure) {
			return failure == null;
		}

	};

	/** The {@code query-execution-timeout} of {@link #UNLIMITED}. */
	static final Duration STATEMENTS = Duration.ofSeconds(1);

	/** More than the buffers of a socket take. */
	private static final String LARGE = "x".repeat(12_000_000);

	private final boolean before;

	Phase(boolean before) {
		this.before = before;
	}

	/** Whether the server is frozen before the call begins. */
	boolean before() {
		return this.before;
	}

	/**
	 * On a pool that belongs to the application, which has no other settings than its
	 * own.
	 */
	boolean onAdopted() {
		return EnumSet.of(VALIDATION, CONNECT, FIRST_STATEMENT, COMMIT, PUT_BACK).contains(this);
	}

	/** How long the call may take. */
	Duration timeout() {
		if (this == UNLIMITED) {
			return STATEMENTS.plusSeconds(5);
		}
		return Duration.ofSeconds(1);
	}

	/** What a driver may need to prepare a large statement on a busy machine. */
	Duration allowed() {
		return (this == LARGE_STATEMENT) ? Duration.ofSeconds(2) : Duration.ZERO;
	}

	void prepare(FrozenCall call) {
		// most need nothing
	}

	void work(FrozenCall call, Database database) {
		call.awaitFrozen();
		update(database);
	}

	boolean expects(@Nullable Throwable failure) {
		return failure != null && !(failure instanceof CommitOutcomeUnknownException);
	}

	static void one(Database database) {
		database.jdbcTemplate().queryForObject("select 1", Integer.class);
	}

	static void update(Database database) {
		database.jdbcTemplate().update("insert into big (text) values ('x')");
	}

	static String sleep(Database database, Duration time) {
		String product = database.jdbcTemplate()
			.execute((ConnectionCallback<String>) (connection) -> connection.getMetaData().getURL());
		return (product != null && product.startsWith("jdbc:postgresql") ? "select pg_sleep(%d)" : "select sleep(%d)")
			.formatted(time.toSeconds());
	}

	static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void pause(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

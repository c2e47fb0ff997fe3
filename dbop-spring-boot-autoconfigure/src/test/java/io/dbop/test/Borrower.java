package io.dbop.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

import javax.sql.DataSource;

/** An application that is slow to give connections back, in a package of its own. */
public final class Borrower {

	private Borrower() {
	}

	/**
	 * Takes a connection and forgets it.
	 */
	public static Connection forget(DataSource dataSource) throws SQLException {
		return dataSource.getConnection();
	}

	/**
	 * Takes a connection and waits.
	 */
	public static void keep(DataSource dataSource, CountDownLatch taken, CountDownLatch end)
			throws SQLException, InterruptedException {
		try (Connection connection = dataSource.getConnection()) {
			taken.countDown();
			end.await();
		}
	}

}

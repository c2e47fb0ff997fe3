package io.dbop.benchmark.capacity;

import java.sql.SQLException;
import java.util.List;

/**
 * The database that all application servers use, which dies with this process.
 */
interface CapacityDatabase extends AutoCloseable {

	/** Not an administrator, for limits do not hold for those. */
	String USER = "capacity";

	/**
	 * Limits the connections to each of its servers.
	 * @param connections how many there may be, or {@link #UNLIMITED}
	 * @throws SQLException if the limit cannot be set
	 */
	void allow(int connections) throws SQLException;

	/** As many as there are. */
	int UNLIMITED = -1;

	/** The properties of an application that uses it, and of what is asked. */
	List<String> properties();

	@Override
	void close();

}

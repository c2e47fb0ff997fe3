package io.dbop.dialect;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import io.dbop.failure.Classification;
import org.jspecify.annotations.Nullable;

/**
 * What dbop has to know of one kind of database. Implementations are stateless and
 * thread-safe.
 */
public interface Dialect {

	/**
	 * The name under which the dialect is configured ({@code type: postgresql}) and
	 * reported.
	 * @return the lower-case name
	 */
	String name();

	/**
	 * The prefix of the JDBC URLs that it serves, such as {@code jdbc:postgresql:}.
	 * @return the prefixes, lower case
	 */
	List<String> urlPrefixes();

	/**
	 * Builds the JDBC URL for a database described by its parts.
	 * @param location where the database is
	 * @return the URL, without user and password
	 */
	String url(DatabaseLocation location);

	/**
	 * The class of the JDBC driver that is looked for.
	 * @return the class name
	 */
	String driverClassName();

	/**
	 * The Maven coordinates, {@code group:artifact}, that bring the driver.
	 * @return the coordinates
	 */
	String driverCoordinates();

	/**
	 * Says what one exception of the driver means, looking at this exception alone and
	 * not at its chain.
	 * @param exception an exception of the driver
	 * @return what it means, or {@code null} if the tables do not know it
	 */
	@Nullable Classification classify(SQLException exception);

	/**
	 * Whether any failed statement aborts the transaction around it, as on PostgreSQL:
	 * what is committed after it is lost without a word.
	 * @return whether an error leaves the transaction without effect
	 */
	boolean errorAbortsTransaction();

	/**
	 * Driver properties that the pool sets on new connections unless the user set them.
	 * @param timeouts the timeouts of the alias
	 * @return names and values
	 */
	Map<String, String> connectionProperties(ConnectionTimeouts timeouts);

	/**
	 * A statement run once on every new physical connection, such as the server's default
	 * statement timeout.
	 * @param timeouts the timeouts of the alias
	 * @return the statement, or {@code null} for none
	 */
	@Nullable String connectionInitSql(ConnectionTimeouts timeouts);

	/**
	 * Whether a statement certainly writes nothing, judged by its first keyword. In doubt
	 * it is taken for a write.
	 * @param sql the statement
	 * @return whether it is a pure read
	 */
	boolean readsOnly(String sql);

	/**
	 * Whether the database lives in this process or a file beside it, with a single
	 * writer.
	 * @return whether it is an embedded single-writer database
	 */
	default boolean singleWriter() {
		return false;
	}

}

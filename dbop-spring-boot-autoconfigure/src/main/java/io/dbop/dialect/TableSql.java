package io.dbop.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The statements about tables of entities that databases write differently. Names are
 * given quoted, unless said otherwise. Stateless and thread-safe.
 */
public interface TableSql {

	/**
	 * A query for the columns of tables, as statements that do not name a schema find
	 * them. Its parameters are the names of the tables, unquoted and in any case; its
	 * rows the names of table and column, the type as {@link ColumnValues#kindOf} takes
	 * it, 1 if the column is of the primary key, where {@link #byKey} names that, and 1
	 * if the table has something of its own that {@link Copy} minds.
	 * @param tables the number of tables
	 * @return the query
	 */
	String catalogue(int tables);

	/**
	 * Whether changes to a table are part of the transaction, and are rolled back with
	 * it. Where they are not they commit it, so that they need a connection of their own.
	 * @return whether a transaction may hold them
	 */
	boolean changesTablesInTransactions();

	/**
	 * Waits until nobody else changes the tables of an entity.
	 * @param connection the connection on which they will be changed
	 * @param entity the name of the entity
	 * @param wait how long to wait, here and for each lock of a change
	 * @return what is to be taken back afterwards
	 * @throws SQLException if the time has passed
	 */
	SessionLimits lock(Connection connection, String entity, Duration wait) throws SQLException;

	/**
	 * Changes a table, once {@link #lock} has been had.
	 * @param statement by which it is changed
	 * @param sql the change
	 * @param wait how long to wait for the lock that it takes
	 * @throws SQLException if it fails, or the time has passed
	 */
	default void change(Statement statement, String sql, Duration wait) throws SQLException {
		statement.execute(sql);
	}

	/**
	 * A query for the indexes that keep a column from changing its type. Its parameter is
	 * the name of the table, unquoted; its rows the statements that remove an index, and
	 * that make it again.
	 * @return the query, or {@code null} if none does
	 */
	default @Nullable String indexesInTheWay() {
		return null;
	}

	/**
	 * What follows the parentheses of {@code CREATE TABLE}.
	 * @return the options, empty if there are none
	 */
	default String tableOptions() {
		return "";
	}

	/**
	 * Changes the type of a column, so that all its values stay.
	 * @param table the table
	 * @param column the column
	 * @param from the kind of column it is
	 * @param to the kind that it is to be, which can hold all of the other
	 * @param type the type of that kind
	 * @return the statements
	 */
	List<String> changeType(String table, String column, ColumnType from, ColumnType to, String type);

	/**
	 * Makes a column of decimals out of one of binary numbers. Of those that it does not
	 * hold the texts go into a JSON document of their rows.
	 * @param table the table
	 * @param column the column
	 * @param type the type of decimals
	 * @param document the column of the documents
	 * @param field the member of the document, an object
	 * @param tag the only member of that
	 * @return the statements
	 */
	List<String> doublesToDecimals(String table, String column, String type, String document, String field, String tag);

	/**
	 * Inserts rows.
	 * @param insert what is inserted
	 * @return the statement, with parameters as {@link #parameters} gives them
	 */
	String insert(Insert insert);

	/**
	 * Inserts rows, or updates those that there are: one statement, that never touches a
	 * row with another key.
	 * @param insert what is inserted
	 * @param updates what is done where the key is there
	 * @param condition what the row that is there must meet; it stays as it is otherwise
	 * @return the statement, with parameters as {@link #parameters} gives them
	 */
	String upsert(Insert insert, List<Assignment> updates, String condition);

	/**
	 * The same where all rows that are there are thought to meet the condition. Where it
	 * is quicker to have it so, it fails as a whole if one of them does not: see
	 * {@link #unmet}.
	 * @param insert what is inserted
	 * @param updates what is done where the key is there, the first of them to a number
	 * @param condition what the rows that are there must meet
	 * @return the statement, with parameters as {@link #parameters} gives them
	 */
	default String upsertAll(Insert insert, List<Assignment> updates, String condition) {
		return upsert(insert, updates, condition);
	}

	/**
	 * Whether such a statement failed since a row did not meet the condition.
	 * @param exception the failure
	 * @return whether to leave such rows alone instead
	 */
	default boolean unmet(SQLException exception) {
		return false;
	}

	/**
	 * The parameters of an insert.
	 * @param insert what is inserted
	 * @param rows the values of each row, in the order of the columns; where they are
	 * shared those of the first row count
	 * @return the parameters
	 */
	default List<@Nullable Object> parameters(Insert insert, List<List<@Nullable Object>> rows) {
		return InsertedRows.parameters(insert, rows);
	}

	/**
	 * How many parameters a statement may have.
	 * @return the number
	 */
	int maxParameters();

	/**
	 * A condition that a column is one of several texts.
	 * @param column the column
	 * @param texts the number of texts
	 * @return the condition, with parameters as {@link #anyOf(List)} gives them
	 */
	default String isAnyOf(String column, int texts) {
		return (texts == 1) ? column + " = ?" : column + " IN (" + "?, ".repeat(texts - 1) + "?)";
	}

	/**
	 * The parameters of such a condition.
	 * @param texts the texts
	 * @return the parameters
	 */
	default List<String> anyOf(List<String> texts) {
		return texts;
	}

	/**
	 * A column of the row that an upsert has found.
	 * @param table the table
	 * @param column the column
	 * @return the expression
	 */
	default String current(String table, String column) {
		return "t." + column;
	}

	/**
	 * A column of the row that an upsert could not insert.
	 * @param column the column
	 * @return the expression
	 */
	String proposed(String column);

	/**
	 * Has a statement that changes rows give what they have become.
	 * @param change an insert or upsert
	 * @param columns the columns
	 * @return the statement, or {@code null} if the rows have to be asked for
	 */
	@Nullable String returning(String change, String columns);

	/**
	 * Whether new rows are asked for, too, where the statement does not tell what they
	 * have become: defaults and triggers may have made them something else than was
	 * given, and it costs a round trip to know.
	 * @return whether to ask
	 */
	default boolean asksForNewRows() {
		return false;
	}

	/**
	 * Whether statements that change rows can stand within a query, so that the change
	 * and its record are one statement.
	 * @return whether it has {@code WITH x AS (INSERT ...)}
	 */
	default boolean changesWithinQueries() {
		return false;
	}

	/**
	 * Whether rows are saved quicker one by one, as a batch of the driver, than by one
	 * statement with as many parameters.
	 * @param insert what is inserted, or updated where it is there
	 * @return whether to give the values of each row to the statement for one
	 */
	default boolean prefersBatches(Insert insert) {
		return false;
	}

	/**
	 * Copies rows into another table, which may have their keys already. What has been
	 * copied until that shows may stay: see {@link #takeBack}.
	 * @param copy what is copied
	 * @return the statement, with the parameters of the condition
	 */
	default String copy(Copy copy) {
		return "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s".formatted(copy.into(), copy.columns(), copy.columns(),
				copy.from(), copy.condition());
	}

	/**
	 * A query for a number that comes before what is going to be copied, and after all
	 * that is there.
	 * @param into the table that will get it
	 * @return the query, or {@code null} where nothing stays of a copy that fails
	 */
	default @Nullable String beforeCopy(String into) {
		return null;
	}

	/**
	 * Takes back what has been copied until a key was found that is there.
	 * @param copy what was copied
	 * @return the statement, whose parameters are that number and those of the condition
	 */
	default String takeBack(Copy copy) {
		throw new UnsupportedOperationException("Nothing stays of a copy that fails");
	}

	/**
	 * Whether rows of a statement that has failed may stay in the transaction for other
	 * nodes of the database, unless a savepoint before it is gone back to.
	 * @return a query that gives 1 if they may and 0 if not, or {@code null} if they
	 * never do
	 */
	default @Nullable String failedRowsStay() {
		return null;
	}

	/**
	 * A table of which a statement names the rows by their keys, in a condition of its
	 * own. No other row is to be read, since reading may lock it.
	 * @param table the table, whose primary key it is
	 * @return what names it after {@code FROM} or {@code UPDATE}
	 */
	default String byKey(String table) {
		return table;
	}

	/**
	 * What makes a query read what is there now, and keep others from changing it.
	 * @return the end of the query, empty if the transaction does so already
	 */
	default String forUpdate() {
		return " FOR UPDATE";
	}

	/**
	 * The exact values of a row after a change.
	 * @param current the exact values that it has, or null
	 * @param proposed the exact values of the change, or null
	 * @param changed the fields whose values are changed, unquoted
	 * @param kept the other fields that may have exact values, unquoted
	 * @return the expression
	 */
	String mergeExact(String current, String proposed, List<String> changed, List<String> kept);

	/**
	 * A column to sort by, nulls being less than everything else.
	 * @param column the column
	 * @param descending whether the largest comes first
	 * @return the element of {@code ORDER BY}
	 */
	default String order(String column, boolean descending) {
		return column + (descending ? " DESC" : " ASC");
	}

	/**
	 * The part of a result from an offset.
	 * @param limit the marker of the number of rows, or {@code null} for all
	 * @param offset the marker of the number of rows before them
	 * @return the end of the query
	 */
	String page(@Nullable String limit, String offset);

	/**
	 * A column of documents as a text.
	 * @param column the quoted name of the column
	 * @return an expression that can be compared with LIKE
	 */
	default String textOf(String column) {
		return column;
	}

	/**
	 * Whether a statement failed since a table or column is not, or not any more, what
	 * was known of it.
	 * @param exception the failure
	 * @return whether to look again
	 */
	boolean unknownObject(SQLException exception);

	/**
	 * Whether a number does not fit into its column.
	 * @param exception the failure
	 * @return whether it is too large for it
	 */
	default boolean outOfRange(SQLException exception) {
		return "22003".equals(exception.getSQLState());
	}

	/**
	 * Whether a table or column could not be made since it is there.
	 * @param exception the failure
	 * @return whether somebody else has made it
	 */
	boolean objectExists(SQLException exception);

	/**
	 * Whether a row could not be inserted since there is one with its key, which came at
	 * the same time.
	 * @param exception the failure
	 * @return whether it is the primary key, and not another unique index
	 */
	default boolean keyTaken(SQLException exception) {
		return false;
	}

	/**
	 * Whether a row was refused for what is in it by other means than a constraint, which
	 * an upsert asks for before it looks whether the row is there.
	 * @param exception the failure
	 * @return whether its security policies, or rights, forbid the row
	 */
	default boolean rowRefused(SQLException exception) {
		return false;
	}

	/**
	 * Whether an upsert finds rows by any unique index, so that it leaves alone what has
	 * another key instead of failing.
	 * @return whether a row may be left out without an error
	 */
	default boolean updatesByAnyKey() {
		return false;
	}

	/**
	 * Locks the tables of an entity before they are changed one after another, in the
	 * order in which others use them.
	 * @param main the table of the entity
	 * @param history the table of its history
	 * @return the statement, or {@code null} if each change is by itself
	 */
	default @Nullable String lockTables(String main, String history) {
		return null;
	}

	/**
	 * Rows to be inserted.
	 *
	 * @param table the table of the entity
	 * @param history the table of its history
	 * @param key the column of the key, the same in both
	 * @param version the column of the version, the same in both: it is not among the
	 * columns, since the first one follows the history's last
	 * @param columns the columns that are given values, the key first
	 * @param rows the number of rows
	 * @param fresh whether the keys have never been used
	 */
	record Insert(String table, String history, String key, String version, List<Column> columns, int rows,
			boolean fresh) {
	}

	/**
	 * A column that is given values.
	 *
	 * @param name the column
	 * @param type its kind
	 * @param marker the marker of a value of it
	 * @param arrayMarker the marker of the values of several rows, or {@code null} where
	 * there are no arrays
	 * @param shared whether all rows have the same
	 */
	record Column(String name, ColumnType type, String marker, @Nullable String arrayMarker, boolean shared) {
	}

	/**
	 * Rows to be copied.
	 *
	 * @param from the table that has them
	 * @param into the table that gets them
	 * @param key the column that tells those of the first table apart
	 * @param version the column that tells, with the key, those of the second apart
	 * @param columns all columns, separated by commas
	 * @param condition which rows
	 * @param whole whether it leaves nothing if it fails, whatever that costs
	 */
	record Copy(String from, String into, String key, String version, String columns, String condition, boolean whole) {
	}

	/**
	 * What a column becomes.
	 *
	 * @param column the column
	 * @param expression its new value
	 */
	record Assignment(String column, String expression) {
	}

}

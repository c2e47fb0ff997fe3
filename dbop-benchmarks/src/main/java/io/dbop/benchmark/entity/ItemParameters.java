package io.dbop.benchmark.entity;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values of an item to a statement of {@link ItemTables}, points in time as the
 * driver takes them.
 */
final class ItemParameters {

	private final TestDatabase database;

	ItemParameters(TestDatabase database) {
		this.database = database;
	}

	/** All of an upsert: by nobody, without a comment. */
	void set(PreparedStatement statement, @Nullable String id, Item item) throws SQLException {
		Object now = time(Instant.now());
		statement.setString(1, id);
		statement.setObject(2, now);
		statement.setNull(3, Types.VARCHAR);
		statement.setObject(4, now);
		statement.setNull(5, Types.VARCHAR);
		statement.setNull(6, Types.VARCHAR);
		setFields(statement, 7, item);
	}

	/** The fields alone, six of them. */
	void setFields(PreparedStatement statement, int first, Item item) throws SQLException {
		statement.setString(first, item.name());
		statement.setString(first + 1, item.status());
		statement.setInt(first + 2, item.quantity());
		statement.setBigDecimal(first + 3, item.price());
		statement.setBoolean(first + 4, item.active());
		statement.setObject(first + 5, time(item.due()));
	}

	/** A point in time. */
	Object time(Instant instant) {
		return switch (this.database) {
			case POSTGRESQL -> instant.atOffset(ZoneOffset.UTC);
			case MARIADB -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
			default -> instant.toString();
		};
	}

}

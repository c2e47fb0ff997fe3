package io.dbop.statement;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;

import io.dbop.dialect.LimitedSql;
import io.dbop.dialect.StatementLimits;
import io.dbop.sql.SqlTags;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.SqlProvider;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;

/**
 * Prepares a statement on a connection: decides how its limits get to the server, and
 * writes limits and tags into the text. Used for one attempt.
 */
final class Preparation implements PreparedStatementCreator, SqlProvider {

	private final StatementRequest request;

	private final BoundStatement bound;

	private @Nullable LimitedSql limited;

	Preparation(StatementRequest request, BoundStatement bound) {
		this.request = request;
		this.bound = bound;
	}

	@Override
	public PreparedStatement createPreparedStatement(Connection connection) throws SQLException {
		if (this.request.mayLag()) {
			connection.setReadOnly(true);
		}
		StatementLimits limits = this.request.limits();
		if (!limits.isEmpty() && this.request.form().limitsInText()) {
			this.limited = this.request.dialect().limit(this.bound.text(), limits, !connection.getAutoCommit());
		}
		String text = (this.limited != null) ? this.limited.text() : this.bound.text();
		PreparedStatement statement = prepare(connection, tagged(text));
		try {
			fetch(connection, statement, this.request.options().fetchSize());
			if (this.request.options().maxRows() > 0) {
				statement.setMaxRows(this.request.options().maxRows());
			}
			return statement;
		}
		catch (SQLException ex) {
			statement.close();
			throw ex;
		}
	}

	private void fetch(Connection connection, PreparedStatement statement, int rows) throws SQLException {
		if (rows > 0 && this.request.form() == StatementForm.STREAM) {
			this.request.dialect().stream(connection, statement, rows);
		}
		else if (rows > 0) {
			statement.setFetchSize(rows);
		}
	}

	/** Drivers that look for an INSERT, to give its keys, look at the beginning. */
	private String tagged(String text) {
		String tags = SqlTags.comment(this.request.options().tags());
		if (tags.isEmpty()) {
			return text;
		}
		boolean keys = this.request.form().keys() != StatementForm.Keys.NONE;
		return keys ? text + "\n" + tags : tags + text;
	}

	private PreparedStatement prepare(Connection connection, String text) throws SQLException {
		return switch (this.request.form().keys()) {
			case NONE -> connection.prepareStatement(text);
			case ALL -> connection.prepareStatement(text, Statement.RETURN_GENERATED_KEYS);
			case NAMED -> connection.prepareStatement(text, this.request.form().columns());
		};
	}

	/** How the limits were written into the text, {@code null} if they were not. */
	@Nullable LimitedSql limited() {
		return this.limited;
	}

	void setParameters(PreparedStatement statement) throws SQLException {
		int index = 0;
		LimitedSql limited = this.limited;
		if (limited != null) {
			for (String value : limited.leading()) {
				statement.setString(++index, value);
			}
		}
		set(statement, index, this.bound.values());
	}

	static void set(PreparedStatement statement, int after, List<@Nullable Object> values) throws SQLException {
		int index = after;
		for (Object value : values) {
			set(statement, ++index, value);
		}
	}

	/** By type, where there is a way: some drivers look for it each time otherwise. */
	private static void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
		if (value == null) {
			statement.setNull(index, Types.NULL);
		}
		else if (value instanceof String text) {
			statement.setString(index, text);
		}
		else if (value instanceof Integer number) {
			statement.setInt(index, number);
		}
		else if (value instanceof Long number) {
			statement.setLong(index, number);
		}
		else if (value instanceof Boolean mark) {
			statement.setBoolean(index, mark);
		}
		else if (value instanceof BigDecimal number) {
			statement.setBigDecimal(index, number);
		}
		else if (value instanceof Double number) {
			statement.setDouble(index, number);
		}
		else if (ParameterTypes.ofSpring(value)) {
			StatementCreatorUtils.setParameterValue(statement, index, SqlTypeValue.TYPE_UNKNOWN, value);
		}
		else {
			statement.setObject(index, value);
		}
	}

	/** For Spring's exceptions: as it was written, less tags and limits. */
	@Override
	public String getSql() {
		return this.bound.text();
	}

}

package com.example.hsqldb;

import java.sql.SQLException;
import java.util.List;

import io.dbop.dialect.DatabaseLocation;
import io.dbop.dialect.Dialect;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.sql.SqlSyntax;
import io.dbop.sql.SqlSyntax.QuestionMark;
import org.jspecify.annotations.Nullable;

/** HSQLDB, in this process or on a server. */
public final class HsqldbDialect implements Dialect {

	private static final String PREFIX = "jdbc:hsqldb:";

	/** Readers do not wait for writers; {@code SELECT 1} needs no table. */
	private static final String SETTINGS = ";hsqldb.tx=mvcc;sql.syntax_pgs=true";

	private static final SqlSyntax SYNTAX = SqlSyntax.standard().withQuestionMark(QuestionMark.NONE);

	@Override
	public String name() {
		return "hsqldb";
	}

	@Override
	public List<String> urlPrefixes() {
		return List.of(PREFIX);
	}

	/** On the server if a port is given, else in memory. */
	@Override
	public String url(DatabaseLocation location) {
		return (location.port() != null) ? PREFIX + "hsql://" + location.authority() + "/" + location.database()
				: PREFIX + "mem:" + location.database() + SETTINGS;
	}

	@Override
	public String driverClassName() {
		return "org.hsqldb.jdbc.JDBCDriver";
	}

	@Override
	public String driverCoordinates() {
		return "org.hsqldb:hsqldb";
	}

	@Override
	public @Nullable Classification classify(SQLException exception) {
		return switch (String.valueOf(exception.getSQLState())) {
			// A cancel and JDBC's query timeout end so; the transaction lives on.
			case "40502" -> Classification.never(FailureKind.STATEMENT_TIMEOUT);
			// There are no replicas: it was we who declared that the transaction reads.
			case "25006" -> Classification.never(FailureKind.PERMANENT);
			// Deadlocks are 40001, duplicates 23505, closed sessions 08503, as in the
			// standard.
			default -> Dialect.super.classify(exception);
		};
	}

	@Override
	public SqlSyntax syntax() {
		return SYNTAX;
	}

	@Override
	public @Nullable Object parameter(Object value) {
		return (value instanceof Object[]) ? value : Dialect.super.parameter(value);
	}

}

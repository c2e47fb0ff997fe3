package io.dbop.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators with question marks, arrays and arguments, as PostgreSQL gets them.
 */
@Timeout(60)
@EachDatabase(TestDatabase.POSTGRESQL)
class PostgresOperatorsTests {

	private final DatabaseInstance database;

	PostgresOperatorsTests(DatabaseInstance database) {
		this.database = database;
	}

	@ParameterizedTest
	@DisplayName("S3 doubled question marks reach PostgreSQL as operators, beside real parameters")
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			SELECT '{"k": 1}'::jsonb ?? 'k' AND ? = 'k'                       ~ t
			SELECT '{"k": 1}'::jsonb ?? ?                                     ~ t
			SELECT '{"k": 1}'::jsonb ??| ARRAY['a', ?]                        ~ t
			SELECT '{"k": 1}'::jsonb ??& ARRAY['a', ?]                        ~ f
			SELECT '{"k": 1}'::jsonb @?? '$.k' AND ? = 'k'                    ~ t
			SELECT '{"k": 1}'::jsonb @?? '$.k ? (@ > 1)' AND ? = 'k'          ~ f
			SELECT ??- lseg '((0,0),(1,0))' AND ? = 'k'                       ~ t
			SELECT ??| lseg '((0,0),(1,0))' AND ? = 'k'                       ~ f
			SELECT lseg '((0,0),(1,0))' ??-| lseg '((0,0),(0,1))' AND ? = 'k' ~ t
			SELECT '{"k": 1}'::jsonb ??? AND true                             ~ t
			SELECT '{"k": 1}'::jsonb??$1 AND $1 = 'k'                         ~ t
			SELECT :name::text::jsonb?? 'k' IS NULL                           ~ f
			SELECT '??' || ?                                                  ~ ??k
			SELECT (ARRAY['j', ?])[2]                                         ~ k
			SELECT (ARRAY[:a])[1]                                             ~ k
			SELECT [a][2] FROM (SELECT ARRAY['j', ?] AS [a]) AS [t]           ~ k
			SELECT a[i] FROM (SELECT ARRAY['j', ?] AS a, 2 AS i) AS t         ~ k
			SELECT (a[lo:hi])[1] FROM (SELECT ARRAY['j', ?] AS a, 2 AS lo, 2 AS hi) AS t ~ k
			""")
	void operators(String sql, String expected) throws SQLException {
		if (sql.contains(":name")) {
			assertThat(ask(sql, "{}")).isEqualTo(expected);
		}
		else {
			assertThat(ask(sql, "k")).isEqualTo(expected);
		}
	}

	@Test
	@DisplayName("arguments of PREPARE and of routines stay PostgreSQL's")
	void ownArguments() throws SQLException {
		try (Connection connection = this.database.dataSource().getConnection()) {
			execute(connection, "CREATE FUNCTION [twice](int) RETURNS int RETURN $1 * 2");
			execute(connection, "CREATE FUNCTION [thrice](int) RETURNS int BEGIN ATOMIC SELECT $1 * 3; END");
			execute(connection, "PREPARE q AS SELECT $1 + 1");
			try (Statement statement = connection.createStatement();
					ResultSet rows = statement.executeQuery("EXECUTE q(1)")) {
				assertThat(rows.next()).isTrue();
				assertThat(rows.getInt(1)).isEqualTo(2);
			}
		}
		assertThat(ask("SELECT [twice]($1::int) + [thrice]($1::int)", "5")).isEqualTo("25");
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		SqlStatement statement = Syntaxes.translate("postgresql", sql);
		assertThat(statement.bindCount()).isZero();
		try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
			prepared.execute();
		}
	}

	private String ask(String sql, String value) throws SQLException {
		SqlStatement statement = Syntaxes.translate("postgresql", sql);
		try (Connection connection = this.database.dataSource().getConnection();
				PreparedStatement prepared = connection.prepareStatement(statement.text())) {
			for (int bind = 1; bind <= statement.bindCount(); bind++) {
				prepared.setString(bind, value);
			}
			ResultSet rows = prepared.executeQuery();
			assertThat(rows.next()).isTrue();
			return rows.getString(1);
		}
	}

}

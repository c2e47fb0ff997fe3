package io.dbop.sql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadOnlyCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "select*from t", "  \n\tSelect a FROM t;  ", "-- what\nSELECT 1",
			"/* INSERT */ SELECT 1", "/*+ hint */SELECT 1", "((SELECT 1) UNION (SELECT 2))",
			"SELECT * FROM t FOR UPDATE", "SELECT updated, delete_me, into_x FROM insert_log", "SHOW TABLES",
			"EXPLAIN SELECT 1", "EXPLAIN DELETE FROM t", "VALUES (1), (2)", "TABLE t", "DESCRIBE t", "DESC t",
			"PRAGMA user_version", "WITH x AS (SELECT 1) SELECT * FROM x", "SELECT '\u00e4' FROM t",
			"SELECT a; SELECT b", "SELECT 1;; (SELECT 2) ;",
			"SELECT set_config('statement_timeout', ?, true); SELECT a FROM t WHERE b = ?",
			"SELECT 'x INTO y; DELETE FROM t'", "SELECT 1 /* INTO */ -- INTO\n", "SELECT 'it''s', \"into\" FROM t",
			"WITH x AS (SELECT 'delete') SELECT * FROM x", "SHOW a; SELECT b", "PRAGMA user_version; PRAGMA main.x",
			"SELECT '; --'; SELECT 1", "/*k='v'*/ SELECT 1", "SELECT * FROM t ORDER BY a FOR NO KEY UPDATE" })
	void whenItReadsThenItIsARead(String sql) {
		assertOnAll(sql, true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "INSERT INTO t VALUES (1)", "update t set a = 1", "DELETE FROM t", "CALL f()",
			"{call f()}", "SELECT * INTO copy FROM t", "select 1 into outfile 'x'", "SELECT 1; DELETE FROM t",
			"EXPLAIN ANALYZE DELETE FROM t", "explain (verbose, analyze) delete from t",
			"EXPLAIN ANALYSE DELETE FROM t", "PRAGMA user_version = 3", "PRAGMA user_version(3)",
			"WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "with x as (select 1) insert into t select 1",
			"WITH x AS (SELECT 1) MERGE INTO t", "/*! DELETE FROM t */", "/*!50000 DELETE */ SELECT",
			"/*M! DELETE FROM t */ SELECT 1", "SELECT 1 /*! INTO OUTFILE 'x' */", "/* /* */ SELECT 1 */ DELETE FROM t",
			"/* open", "-- only", "SELECTED", "SELECT_X", "VALUES (1); DROP TABLE t", "SHOW x; DROP TABLE t",
			"TABLE t INTO OUTFILE 'x'", "COMMIT", "SET x = 1", "DO 1", "LOCK TABLE t", "DESCRIBE ANALYZE DELETE FROM t",
			"SELECT '; --'; DELETE FROM t", "SELECT '\\'; DELETE FROM t -- '", "SELECT \"\\\"; DELETE FROM t -- \"",
			"SELECT 'open", "SELECT 1 /* open", "SELECT 1; COMMIT", ";", "SELECT 1; SET x = 1", "SET x = 1; SELECT 1",
			"SET STATEMENT max_statement_time=1 FOR DELETE FROM t",
			"SET STATEMENT a=1 FOR SET STATEMENT b=1 FOR SELECT 1", "SET STATEMENT a=1",
			"SET STATEMENT a=1 FOR SELECT 1 INTO OUTFILE 'x'", "SELECT * FROM FINAL TABLE (UPDATE t SET a = 1)",
			"SELECT * FROM OLD TABLE (DELETE FROM t)", "SELECT * FROM t, new /* */ table (DELETE FROM t)",
			"PRAGMA user_version; PRAGMA user_version = 3" })
	void whenItMayWriteThenItIsAWrite(String sql) {
		assertOnAll(sql, false);
	}

	@Test
	void whenSettingsStandBeforeAReadThenItIsARead() {
		String sql = "SET STATEMENT max_statement_time=1.5, sql_mode='' FOR SELECT ?; SELECT 2";
		assertThat(Syntaxes.of("mariadb").readsOnly(sql)).isTrue();
		assertThat(Syntaxes.of("mysql").readsOnly(sql)).isFalse();
		assertThat(Syntaxes.of("postgresql").readsOnly(sql)).isFalse();
	}

	@Test
	void whenACommentEndsElsewhereThenWhatFollowsCounts() {
		assertThat(Syntaxes.of("postgresql").readsOnly("SELECT 1 -- \r; DELETE FROM t")).isFalse();
		assertThat(Syntaxes.of("mysql").readsOnly("SELECT 1 -- \r; DELETE FROM t")).isTrue();
		assertThat(Syntaxes.of("mysql").readsOnly("SELECT 1 --; DELETE FROM t")).isFalse();
		assertThat(Syntaxes.of("mysql").readsOnly("SELECT 1 #; DELETE FROM t")).isTrue();
		assertThat(Syntaxes.of("postgresql").readsOnly("SELECT 1 #; DELETE FROM t")).isFalse();
	}

	private static void assertOnAll(String sql, boolean reads) {
		for (String dialect : Syntaxes.ALL) {
			assertThat(Syntaxes.of(dialect).readsOnly(sql)).as("%s on %s", sql, dialect).isEqualTo(reads);
		}
	}

}

package io.dbop.dialect;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadOnlySqlTests {

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "select*from t", "  \n\tSelect a FROM t;  ", "-- what\nSELECT 1",
			"/* INSERT */ SELECT 1", "/*+ hint */SELECT 1", "((SELECT 1) UNION (SELECT 2))",
			"SELECT * FROM t FOR UPDATE", "SELECT updated, delete_me, into_x FROM insert_log", "SHOW TABLES",
			"EXPLAIN SELECT 1", "EXPLAIN DELETE FROM t", "VALUES (1), (2)", "TABLE t", "DESCRIBE t", "DESC t",
			"PRAGMA user_version", "WITH x AS (SELECT 1) SELECT * FROM x", "SELECT '\u00e4' FROM t" })
	void whenItReadsThenItIsARead(String sql) {
		assertThat(Dialects.generic().readsOnly(sql)).isTrue();
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
			"TABLE t INTO OUTFILE 'x'", "COMMIT", "SET x = 1", "DO 1", "LOCK TABLE t",
			"DESCRIBE ANALYZE DELETE FROM t" })
	void whenItMayWriteThenItIsAWrite(String sql) {
		assertThat(Dialects.generic().readsOnly(sql)).isFalse();
	}

}

package io.dbop.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which texts begin or end a transaction, and which only look like it. */
class TransactionTextsTests {

	@ParameterizedTest
	@ValueSource(strings = { "COMMIT", "END", "BEGIN", "begin immediate", "START TRANSACTION", "DELETE FROM t; COMMIT",
			"CREATE TABLE t (begin INT); END", "CREATE TABLE event (begin timestamptz); END", "TRIGGER (begin); END",
			"CREATE TABLE t (event TEXT, begin INT); END; BEGIN; DELETE FROM t",
			"CREATE TRIGGER r AFTER INSERT ON t BEGIN l: BEGIN DELETE FROM s; END l; END; END",
			"CREATE TABLE t (a INT); BEGIN; DROP TABLE t",
			"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; BEGIN",
			"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; END",
			"CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM s; END; COMMIT",
			"CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM s; END; END" })
	void whatTheConnectionWouldKeepIsRefused(String sql) {
		assertThat(objection(sql)).startsWith("it begins or ends a transaction");
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM s; END",
			"CREATE TEMP TRIGGER IF NOT EXISTS r AFTER INSERT ON t BEGIN DELETE FROM s; UPDATE t SET a = 1; END;",
			"CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN TRUE THEN 1 END; END",
			"CREATE DEFINER = admin PROCEDURE p() BEGIN IF a THEN BEGIN DELETE FROM t; END; END IF; END",
			"CREATE PROCEDURE p() l: BEGIN IF a THEN DELETE FROM t; END IF; END l",
			"CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN BEGIN DELETE FROM t; END; DELETE FROM s; END",
			"SELECT CASE WHEN a THEN b END FROM t" })
	void theBodyOfARoutineIsNoTransaction(String sql) {
		assertThat(objection(sql)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET autocommit = 0", "SET SESSION autocommit = 0", "SET @@autocommit=0",
			"SET @a = 1, @@session.autocommit := 0", "SELECT 1; SET LOCAL autocommit = 1" })
	void whatEndsOrBeginsCommitsOfEachStatementIsRefused(String sql) {
		assertThat(Syntaxes.translator("mysql").translate(sql).objection()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ROLLBACK TO SAVEPOINT s", "ROLLBACK WORK TO SAVEPOINT s", "ROLLBACK TRANSACTION TO s",
			"SET @old = @@autocommit", "SET @old = @@autocommit, @b = 1", "SET @OLD_AUTOCOMMIT=@@AUTOCOMMIT",
			"SET @autocommit = 1", "SET GLOBAL autocommit = 0", "SET @@global.autocommit = 0", "SET app.autocommit = 1",
			"CREATE PROCEDURE p() BEGIN SAVEPOINT s; DELETE FROM t; ROLLBACK TO SAVEPOINT s; END",
			"CREATE PROCEDURE p() BEGIN START TRANSACTION; DELETE FROM t; COMMIT; END",
			"BEGIN NOT ATOMIC INSERT INTO t VALUES (1); BEGIN DELETE FROM u; END; INSERT INTO t VALUES (2); END",
			"ALTER EVENT e DO BEGIN DELETE FROM t; END", "ALTER DEFINER = me@h EVENT e DO BEGIN DELETE FROM t; END" })
	void whatLeavesTheTransactionOpenIsNotRefused(String sql) {
		SqlStatement statement = Syntaxes.translator("mysql").translate(sql);
		assertThat(statement.objection()).isNull();
		assertThat(statement.ofSavepoint()).isEqualTo(sql.startsWith("ROLLBACK"));
	}

	private static String objection(String sql) {
		return Syntaxes.translator("postgresql").translate(sql).objection();
	}

}

package io.dbop.dialect;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements after which a session is another one. */
class SessionSqlTests {

	private final Dialect postgres = dialect("jdbc:postgresql:test");

	private final Dialect mysql = dialect("jdbc:mysql://localhost/test");

	private final Dialect sqlite = dialect("jdbc:sqlite:test.db");

	private static Dialect dialect(String url) {
		Dialect found = new Dialects(List.of()).findByUrl(url);
		assertThat(found).isNotNull();
		return found;
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET search_path TO x", "set session lock_timeout = 1", " \n\tSet role admin", "RESET ALL",
			"discard all", "/* a */ -- b\n SET x = 1", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY" })
	void whenPostgresIsToldToStayDifferentThenItIs(String sql) {
		assertThat(this.postgres.changesSession(sql)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET LOCAL lock_timeout = 1", "set  local x = 1", "SET TRANSACTION READ ONLY",
			"SET CONSTRAINTS ALL DEFERRED", "SELECT 1", "settle", "update t set x = 1", "", "  ", "/* open", "-- open",
			"DELETE FROM t", "RELEASE s", "DROP TABLE t", "(select 1)" })
	void whenPostgresIsAsBeforeThenItIsNot(String sql) {
		assertThat(this.postgres.changesSession(sql)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "USE other", "SET @x = 1", "SET SESSION sort_buffer_size = 1", "set names latin1",
			"SET @@session.x = 1", "SET autocommit = 0", "/*!40014 SET foreign_key_checks = 0 */", "/*M! SET @x = 1 */",
			"# a\nSET SESSION TRANSACTION READ ONLY", "#\nSET @x = 1", "SET TRANSACTION READ ONLY" })
	void whenMySqlIsToldToStayDifferentThenItIs(String sql) {
		assertThat(this.mysql.changesSession(sql)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET STATEMENT max_statement_time=1 FOR SELECT 1", "SET GLOBAL x = 1",
			"SET PERSIST_ONLY x = 1", "UPDATE t SET x = 1" })
	void whenMySqlIsAsBeforeThenItIsNot(String sql) {
		assertThat(this.mysql.changesSession(sql)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PRAGMA cache_size = 7", "pragma query_only=1", "PRAGMA foreign_keys(OFF)",
			"/*operation='import'*/ PRAGMA main . cache_size = 7", "-- pragma\n\tPRAGMA\tx (1)",
			"PRAGMA \"cache_size\" = 7" })
	void whenSqliteIsToldToStayDifferentThenItIs(String sql) {
		assertThat(this.sqlite.changesSession(sql)).isTrue();
		assertThat(this.sqlite.changesSession("PRAGMA table_info(t)")).isFalse();
		assertThat(this.sqlite.changesSession(" PRAGMA main.wal_checkpoint(TRUNCATE)")).isFalse();
		assertThat(this.sqlite.changesSession("PRAGMA user_version;")).isFalse();
		assertThat(this.sqlite.changesSession("SELECT 'PRAGMA a = 1'")).isFalse();
	}

}

package io.dbop.sql;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FunctionCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "select count(*), Max (a), coalesce(b, 0), lower(c), now() from t",
			"SELECT a FROM t WHERE a IN (1, 2) AND (b = 1 OR EXISTS (SELECT 1)) GROUP BY (a)",
			"SELECT sum(a) FILTER (WHERE a > 1) OVER (PARTITION BY b) FROM t", "SELECT CAST(a AS special(10)) FROM t",
			"SELECT a::numeric(10, 2) FROM t", "WITH x (a) AS (SELECT 1) SELECT * FROM x",
			"WITH RECURSIVE x(a) AS (SELECT 1) SELECT a FROM x", "SELECT t.a FROM t JOIN u USING (id)",
			"SELECT * FROM generate_series(1, 2) AS s(n)", "SELECT 'f(1)', \"f\" /* f(1) */ FROM t -- f(1)",
			"SELECT set_config('statement_timeout', ?, true); SELECT a FROM t WHERE b = ?", "VALUES (1), (2)",
			"SELECT t.a IN (1) FROM t", "SELECT nextval('s')" })
	void whenTheFunctionsAreKnownThenNoneIsUnknown(String sql) {
		for (String dialect : Syntaxes.ALL) {
			assertThat(Syntaxes.of(dialect).callsUnknown(sql)).as(dialect).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT f()", "select f (1)", "SELECT f/* */(1)", "SELECT * FROM f(1)",
			"SELECT s.count(1)", "SELECT s . lower ('A')", "SELECT \"count\"(1)", "SELECT s.\"f\"(1)",
			"SELECT lower(f(a)) FROM t", "SELECT a FROM t WHERE f(a) > 1", "SELECT 1; SELECT f(1)", "SELECT {fn f(1)}",
			"SELECT setval('s', 1)", "SELECT pg_advisory_lock(1)", "SELECT lo_unlink(1)", "SELECT dblink_exec('x')",
			"SELECT a AS b, f(1) FROM t", "WITH x AS (SELECT f(1)) SELECT * FROM x" })
	void whenAFunctionIsUnknownThenItIsFound(String sql) {
		for (String dialect : Syntaxes.ALL) {
			assertThat(Syntaxes.of(dialect).callsUnknown(sql)).as(dialect).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "mysql", "mariadb" })
	void whenTheNameStandsInBackticksThenItIsUnknown(String dialect) {
		assertThat(Syntaxes.of(dialect).callsUnknown("SELECT `f`(1)")).isTrue();
		assertThat(Syntaxes.of(dialect).callsUnknown("SELECT INSERT('Quadratic', 3, 4, 'What')")).isFalse();
	}

}

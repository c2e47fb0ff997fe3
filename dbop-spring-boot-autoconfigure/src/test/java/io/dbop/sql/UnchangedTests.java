package io.dbop.sql;

import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Statements without a marker come out as they went in.
 */
class UnchangedTests {

	@ParameterizedTest
	@DisplayName("S2 arrays, literals, comments and operators of PostgreSQL stay")
	@ValueSource(strings = { "SELECT a[1], a[1:2], a[i], a[lo:hi], a[ :hi], a[lo : hi], a[:], a[1:], a[:2] FROM t",
			"SELECT a [1], a [i], a[i][j], a[i] [j], (f(x))[i], (f(x)) [1], x.a[i], x.user[i], t.order [i] FROM t",
			"SELECT \"a\"[1], \"a\" [i], \"t\".\"a\"[i]", "SELECT ARRAY[x], array [y, z], ARRAY[], ARRAY[]::int[]",
			"SELECT ARRAY[[1,2],[3,4]], ARRAY[[a, b], [c, d]], ARRAY[[[1]], [[2]]], ARRAY[a[1], b[i]]",
			"SELECT ARRAY[f(a, b), c][1], ARRAY[1][i], (ARRAY[1, 2])[i]",
			"CREATE TABLE t (a int[], b int [], c text[][], d numeric(3, 1)[], e int[3][3], f timestamp with time zone[])",
			"SELECT '{1,2}'::int[], CAST(x AS int[]), '{1}'::int [] [1], '{{1}}'::int[][], x::\"char\"[]",
			"SELECT integer ARRAY[4], variadic_f(VARIADIC ARRAY[1, 2]), x = ANY (ARRAY[1]), x = ANY('{1}'::int[])",
			"UPDATE t SET a[1] = 1, b[1:2] = '{1,2}', j['a']['b'] = '1', set[1] = 2, key[i] = 3",
			"INSERT INTO t (a[1:5], b[1:1][1:2]) VALUES ('{1}', '{{1}}')",
			"SELECT j['a'], j['a']['b'], (j)['a'], ('{}'::jsonb)['a'], j [ 'a' ], value[1], name[i], data[i]",
			"SELECT '[x] ?', '?', ':a', '$1', '%s', '??', 'it''s ?', E'\\'?', U&'\\?', N'?', B'1', X'f'",
			"SELECT $$ ? [x] $$, $t$?$t$, \"we[x]ird?\", \"a?\"", "SELECT 1 -- ? [x] :a $1\n, 2 /* ? [x] /* ? */ :a */",
			"SELECT a::text, a::int[], x := 1, a @> b, a <@ b, a #>> '{a}', a # b, a ~ b, a % b, a %s, a %sum, 5 %s",
			"SELECT JSON_OBJECT('a':b, 'c' : d), JSON_OBJECT('a': b), :'x', :\"y\"",
			"SELECT @x, @-@ l, a @@ b, a || b, !!x", "PREPARE q AS SELECT $1 + $2; EXECUTE q(1, 2)",
			"CREATE FUNCTION f(int) RETURNS int RETURN $1 + 1",
			"CREATE OR REPLACE PROCEDURE p(int) BEGIN ATOMIC INSERT INTO t VALUES ($1);"
					+ " SELECT CASE WHEN $1 > 0 THEN $1 END; END; SELECT 1",
			"CREATE FUNCTION f(int[], text) RETURNS int[] LANGUAGE sql AS $f$ SELECT $1[i] $f$", "SELECT 'open ? [x]",
			"SELECT \"open ? [x]", "SELECT /* open ? [x]", "SELECT $q$ open ? [x]", "SELECT a]", "SELECT a[",
			"SELECT a[1", "SELECT ARRAY[", "", " ", ";", "\\d t", "SELECT $1abc", "SELECT 1 : 2", "SELECT a.:" })
	void onPostgres(String sql) {
		assertUnchanged("postgresql", sql);
	}

	@ParameterizedTest
	@DisplayName("S2 literals, comments and variables of MySQL and MariaDB stay")
	@ValueSource(strings = { "SELECT 'it\\'s ? [x]', \"[x] ? \\\" ?\", `a?[b]`, `a``?`",
			"SELECT 1 # ? [x]\n, 2 -- ? [x]",
			"SELECT 1 /*!40000 , ? */, /*!50110 [x] */ 2, /*+ MAX_EXECUTION_TIME(1000) [x] ? */ 3",
			"SET @a := 1, @@session.sql_mode = ''", "SELECT @a:=@b, @`weird?`, @'x?'", "INSERT INTO t VALUES (1--1)",
			"SELECT j->'$[0]', j->>'$.a[*].b', JSON_EXTRACT(j, '$[1 to 2]') FROM t",
			"CREATE PROCEDURE p() BEGIN l:LOOP LEAVE l; END LOOP l; END",
			"SELECT 5 % 3, a %s, a DIV b, a <=> b, !a, ~a", "SELECT _utf8mb4'?', N'?', x'3F', b'1', 0x3F, 'a' 'b?'",
			"SELECT 'open ? [x]", "SELECT $a, a$b", "SELECT ':a', '$1', '%s', '??'" })
	void onMySqlAndMariaDb(String sql) {
		assertUnchanged("mysql", sql);
		assertUnchanged("mariadb", sql);
	}

	@ParameterizedTest
	@DisplayName("S2 literals and comments of SQLite stay")
	@ValueSource(strings = { "SELECT 'it''s ? [x]', \"a?[b]\", `a?[b]`, x'3F' -- ? [x]", "SELECT 1 /* ? [x] /* */, 2",
			"SELECT j->'$[0]', j->>'$.a', json_extract(j, '$.a[#-1]')", "SELECT a||b, a<<1, a%b, a==b, a IS NOT b",
			"CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = NEW.b; END", "SELECT ':a @b $c ?1'" })
	void onSqlite(String sql) {
		assertUnchanged("sqlite", sql);
	}

	@ParameterizedTest
	@DisplayName("S2 arrays, literals and comments of H2 stay")
	@ValueSource(
			strings = { "SELECT ARRAY[1, 2][1], ARRAY[[1, 2], [3, 4]], a[i], a [1]", "SELECT $$ ? [x] ' $$, 'it''s ?'",
					"CREATE TABLE t (a INTEGER ARRAY[10], b VARCHAR(10) ARRAY)", "SELECT 1 // ? [x]\n, 2 -- ? [x]",
					"SELECT 1 /* /* ? */ [x] */", "SELECT (j).\"a\"[1], JSON_OBJECT('a':b), `q?`, \"q?\"",
					"CAST(ARRAY[1] AS BIGINT ARRAY)", "SELECT ARRAY??(1, 2??)??(1??)" })
	void onH2(String sql) {
		assertUnchanged("h2", sql);
	}

	@ParameterizedTest
	@MethodSource("dialects")
	@DisplayName("an unchanged statement is the very same text")
	void sameText(String dialect) {
		String sql = "SELECT a FROM t WHERE b = ? AND c = '?'";
		SqlStatement statement = Syntaxes.translate(dialect, sql);
		assertThat(statement.text()).isSameAs(sql);
		assertThat(statement.bindCount()).isOne();
	}

	static Stream<String> dialects() {
		return Syntaxes.ALL.stream();
	}

	private static void assertUnchanged(String dialect, String sql) {
		SqlStatement statement = Syntaxes.translate(dialect, sql);
		assertThat(statement.text()).isEqualTo(sql);
		assertThat(statement.bindCount()).isZero();
		assertThat(statement.style()).isEqualTo(ParameterStyle.NONE);
	}

}

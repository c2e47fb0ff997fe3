package io.dbop.sql;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TranslationTests {

	@ParameterizedTest
	@DisplayName("S1 names in brackets are quoted as the database quotes")
	@CsvSource(delimiter = '~', quoteCharacter = '@', textBlock = """
			postgresql ~ SELECT * FROM [users] WHERE [id] = ? ~ SELECT * FROM "users" WHERE "id" = ?
			h2         ~ SELECT * FROM [users] WHERE [id] = ? ~ SELECT * FROM "users" WHERE "id" = ?
			generic    ~ SELECT * FROM [users] WHERE [id] = ? ~ SELECT * FROM "users" WHERE "id" = ?
			mysql      ~ SELECT * FROM [users] WHERE [id] = ? ~ SELECT * FROM `users` WHERE `id` = ?
			mariadb    ~ SELECT * FROM [users] WHERE [id] = ? ~ SELECT * FROM `users` WHERE `id` = ?
			sqlite     ~ SELECT * FROM [users] WHERE [id] = ? ~ SELECT * FROM `users` WHERE `id` = ?
			postgresql ~ SELECT [a"b], [c`d], [e]]f], [ g ], [1], [1st], [a.b], [h?], [:i], [$1] ~ \
			SELECT "a""b", "c`d", "e]f", " g ", "1", "1st", "a.b", "h?", ":i", "$1"
			mysql      ~ SELECT [a"b], [c`d], [e]]f] ~ SELECT `a"b`, `c``d`, `e]f`
			mysql      ~ SELECT t[a] FROM u [b], f() [c] ~ SELECT t`a` FROM u `b`, f() `c`
			sqlite     ~ SELECT a [b], [c] [d] ~ SELECT a `b`, `c` `d`
			""")
	void names(String dialect, String sql, String expected) {
		assertThat(Syntaxes.translate(dialect, sql).text()).isEqualTo(expected);
	}

	@ParameterizedTest
	@DisplayName("S1 where there are arrays, what stands before a bracket decides")
	@CsvSource(delimiter = '~', quoteCharacter = '@',
			textBlock = """
					SELECT [a], [b] FROM [s].[t] [u] JOIN [v] ON [u].[a]=[v].[b] ~ \
					SELECT "a", "b" FROM "s"."t" "u" JOIN "v" ON "u"."a"="v"."b"
					SELECT[a]FROM[t]WHERE[b]IN([c],[d])          ~ SELECT"a"FROM"t"WHERE"b"IN("c","d")
					SELECT [a] [b], [a] AS [c], [a] [1], [a][b]  ~ SELECT "a" "b", "a" AS "c", "a" [1], "a"[b]
					SELECT [a][1], [a][i], [a][?], [a] [?], [a][1:2], [a] [1 : 2], [a][[i]], [a][f([i])] ~ \
					SELECT "a"[1], "a"[i], "a"[?], "a" [?], "a"[1:2], "a" [1 : 2], "a"["i"], "a"[f("i")]
					SELECT [a][1][i] [j], [t].[a][i], [a] /* c */ [b] ~ SELECT "a"[1][i] [j], "t"."a"[i], "a" /* c */ "b"
					INSERT INTO [t]([a],[b]) VALUES (?,?)        ~ INSERT INTO "t"("a","b") VALUES (?,?)
					INSERT INTO t ([a]) SELECT [a] FROM u        ~ INSERT INTO t ("a") SELECT "a" FROM u
					UPDATE [t] SET [a] = ?, [b][1] = ? WHERE NOT [c] ~ UPDATE "t" SET "a" = ?, "b"[1] = ? WHERE NOT "c"
					DELETE FROM ONLY [t] USING [u] RETURNING [a]  ~ DELETE FROM ONLY "t" USING "u" RETURNING "a"
					SELECT ARRAY[[a], [b]], ARRAY[1 + [a], ([b])] ~ SELECT ARRAY[[a], [b]], ARRAY[1 + "a", ("b")]
					SELECT 'x' [a], 1 [b], NULL [c], CASE WHEN [d] THEN [e] END [f] ~ \
					SELECT 'x' "a", 1 "b", NULL "c", CASE WHEN "d" THEN "e" END "f"
					SELECT x::[my type], CAST(x AS [my type][]), x::[t][] ~ SELECT x::"my type", CAST(x AS "my type"[]), x::"t"[]
					SELECT a FROM t ORDER BY [a] DESC, [b] GROUP BY [c] LIMIT [d] ~ \
					SELECT a FROM t ORDER BY "a" DESC, "b" GROUP BY "c" LIMIT "d"
					CREATE TABLE IF NOT EXISTS [t] ([a] int[], PRIMARY KEY ([a])) ~ \
					CREATE TABLE IF NOT EXISTS "t" ("a" int[], PRIMARY KEY ("a"))
					ALTER TABLE [t] ADD COLUMN [a] int; DROP INDEX [i] ~ ALTER TABLE "t" ADD COLUMN "a" int; DROP INDEX "i"
					[a]; [b]                                     ~ "a"; "b"
					""")
	void namesAndArrays(String sql, String expected) {
		assertThat(Syntaxes.translate("postgresql", sql).text()).isEqualTo(expected);
		assertThat(Syntaxes.translate("h2", sql).text()).isEqualTo(expected);
	}

	@ParameterizedTest
	@DisplayName("S3 a doubled question mark is a literal one, and no bind")
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			data ?? 'k'                   ~ 0 ~ data ?? 'k'
			data ??| ? AND x = ?          ~ 2 ~ data ??| ? AND x = ?
			data ??& ARRAY['a','b']       ~ 0 ~ data ??& ARRAY['a','b']
			data @?? ?                    ~ 1 ~ data @?? ?
			??- l, ??| l, a ??-| b        ~ 0 ~ ??- l, ??| l, a ??-| b
			SELECT '??', "??", ?          ~ 1 ~ SELECT '??', "??", ?
			a ??? b                       ~ 1 ~ a ??? b
			a ???? b                      ~ 0 ~ a ???? b
			""")
	void literalQuestionMarks(String sql, int binds, String expected) {
		SqlStatement statement = Syntaxes.translate("postgresql", sql);
		assertThat(statement.text()).isEqualTo(expected);
		assertThat(statement.bindCount()).isEqualTo(binds);
		assertThat(Syntaxes.translate("generic", sql).bindCount()).isEqualTo(binds);
	}

	@Test
	@DisplayName("S3 a database without a dialect gets the single question mark")
	void literalQuestionMarkOfGeneric() {
		assertThat(Syntaxes.translate("generic", "a ?? ? ???").text()).isEqualTo("a ? ? ??");
	}

	@ParameterizedTest
	@DisplayName("numbered and named parameters become the driver's")
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			a = $2 AND b = $1 OR c = $2 ~ NUMBERED ~ 2 ~ [1, 0, 1] ~ a = ? AND b = ? OR c = ?
			a = ?2 AND b = ?1           ~ NUMBERED ~ 2 ~ [1, 0]    ~ a = ? AND b = ?
			a = :x AND b = :y OR c = :x ~ NAMED    ~ 2 ~ [0, 1, 0] ~ a = ? AND b = ? OR c = ?
			a=:x::int,b:=:y             ~ NAMED    ~ 2 ~ [0, 1]    ~ a=?::int,b:=?
			a[(:lo):(:hi)], ARRAY[:lo, [:hi]] ~ NAMED ~ 2 ~ [0, 1, 0, 1] ~ a[(?):(?)], ARRAY[?, [?]]
			a[?], a[?:?]                ~ POSITIONAL ~ 3 ~ [0, 1, 2] ~ a[?], a[?:?]
			:a??'k'                     ~ NAMED    ~ 1 ~ [0]       ~ ? ??'k'
			$1??$2                      ~ NUMBERED ~ 2 ~ [0, 1]    ~ ? ???
			?1?2                        ~ NUMBERED ~ 2 ~ [0, 1]    ~ ? ?
			(:a,:b)[:c]                 ~ NAMED    ~ 2 ~ [0, 1]    ~ (?,?)[:c]
			PREPARE q AS SELECT $1; SELECT $1 ~ NUMBERED ~ 1 ~ [0] ~ PREPARE q AS SELECT $1; SELECT ?
			""")
	void parameters(String sql, ParameterStyle style, int count, String order, String expected) {
		SqlStatement statement = Syntaxes.translate("postgresql", sql);
		assertThat(statement.text()).isEqualTo(expected);
		assertThat(statement.style()).isEqualTo(style);
		assertThat(statement.parameterCount()).isEqualTo(count);
		assertThat(IntStream.range(0, statement.bindCount()).map(statement::parameterOf).boxed().toList().toString())
			.isEqualTo(order);
	}

	@Test
	void namesComeInTheOrderOfTheirFirstUse() {
		SqlStatement statement = Syntaxes.translate("mysql", "SELECT :b, :a, ':c', :b, :naïve_1");
		assertThat(statement.names()).containsExactly("b", "a", "naïve_1");
		assertThat(Syntaxes.translate("mysql", "SELECT ?").names()).isEqualTo(List.of());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			SELECT [a], ? FROM [t] WHERE x = '?' AND y IN (?)
			SELECT [a], :x FROM [t] WHERE x = ':x' AND y IN (:list) OR z = :x
			SELECT $2, '[a]$1', $1
			""")
	void offsetsPointToTheMarkersOfTheDriver(String sql) {
		for (String dialect : Syntaxes.ALL) {
			SqlStatement statement = Syntaxes.translate(dialect, sql);
			assertThat(statement.bindCount()).isPositive();
			for (int bind = 0; bind < statement.bindCount(); bind++) {
				assertThat(statement.text().charAt(statement.offsetOf(bind))).isEqualTo('?');
			}
		}
	}

	@Test
	void whetherItReadsIsToldOfTheWholeText() {
		assertThat(Syntaxes.translate("postgresql", "SELECT [into] FROM [t]; SELECT ';', ?").readsOnly()).isTrue();
		assertThat(Syntaxes.translate("postgresql", "SELECT [a] FROM [t]; DELETE FROM [t]").readsOnly()).isFalse();
	}

}

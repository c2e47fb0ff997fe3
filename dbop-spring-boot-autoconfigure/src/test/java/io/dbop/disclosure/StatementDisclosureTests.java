package io.dbop.disclosure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.dbop.dialect.Dialects;
import io.dbop.sql.SqlSyntax;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of statements. */
@DisplayName("P4: statements in logs")
class StatementDisclosureTests {

	private static final String SECRET = "hunter2";

	private static final SqlSyntax POSTGRESQL = syntax("postgresql");

	private static final SqlSyntax MYSQL = syntax("mysql");

	private final Disclosure masked = new Disclosure(ValueDisclosure.MASKED, List.of());

	private final Disclosure full = new Disclosure(ValueDisclosure.FULL, List.of());

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			select * from users where name = 'hunter2' and id = 42  | select * from users where name = ? and id = ?
			select 'it''s hunter2', x from t1 where a1 = ?          | select ?, x from t1 where a1 = ?
			select "name", "a""b" from "order" limit 10             | select "name", "a""b" from "order" limit ?
			select $1, ?2, :name, a::int[] from t                   | select $1, ?2, :name, a::int[] from t
			select $$hunter2$$, $q$ 'hunter2' $q$ from t            | select ?, ? from t
			select a /* hunter2 /* it's */ hunter2 */ from t        | select a from t
			select 1.5e10, .5, 0xCAFE, -7, a.b2, 1e-5 from t        | select ?, .?, ?, -?, a.b2, ?-? from t
			select 'a\\' hunter2 ' from t                            | select ? ...
			select 'hunter2                                         | select ?
			select "hunter2                                         | select ...
			select N'hunter2', x'CAFE', E'hunter2' from t           | select N?, x?, ? from t
			select data->>'hunter2', data #>> '{a}' from t          | select data->>?, data #>> ? from t
			""")
	void whenValuesAreMaskedThenLiteralsAndCommentsGo(String sql, String told) {
		assertThat(this.masked.statement(sql, POSTGRESQL)).isEqualTo(told);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			select `a``b` from t where name = "hunter2"  | select `a``b` from t where name = ?
			select a # it's hunter2                      | select a
			""")
	void whenDoubleQuotesEncloseValuesThenTheseGoToo(String sql, String told) {
		assertThat(this.masked.statement(sql, MYSQL)).isEqualTo(told);
	}

	@Test
	@DisplayName("SQLite takes a name in double quotes for a literal where there is no such column")
	void whenDoubleQuotesMayEncloseValuesThenTheseGo() {
		assertThat(this.masked.statement("select `a` from [t] where name = \"hunter2\"", syntax("sqlite")))
			.isEqualTo("select `a` from [t] where name = ?");
	}

	@Test
	void whenValuesAreToldThenTheStatementIsToldAsItIsInOneLine() {
		assertThat(this.full.statement("select 'x'\n\tfrom t -- why\n", POSTGRESQL))
			.isEqualTo("select 'x' from t -- why");
	}

	@Test
	void whenTheStatementMentionsASecretThenItsLiteralsAreNotToldEither() {
		assertThat(this.full.statement("update users set password = 'hunter2' where id = 1", POSTGRESQL))
			.isEqualTo("update users set password = ? where id = ?");
		assertThat(this.full.statement("create user ann identified by 'hunter2'", MYSQL)).doesNotContain(SECRET);
		assertThat(this.full.statement("update users set \"api key\" = 'hunter2'", POSTGRESQL)).doesNotContain(SECRET);
	}

	@Test
	void whenItIsLongThenItIsCut() {
		assertThat(this.masked.statement("select a, ".repeat(1000), POSTGRESQL)).hasSize(2003).endsWith("...");
	}

	@Test
	@Timeout(20)
	void whenItIsHugeThenItTakesNoTime() {
		for (String each : List.of("'", "\"", "$a", "$", "/*", "*/", "--", "1e-", "a", "\\'", "''", "ab1_")) {
			assertThat(this.masked.statement(each.repeat(500_000), POSTGRESQL)).hasSizeLessThan(2004);
		}
	}

	private static SqlSyntax syntax(String type) {
		return Objects.requireNonNull(new Dialects(List.of()).findByName(type)).syntax();
	}

	/** Statements out of pieces in which every value is the secret. */
	@Test
	void whenStatementsAreComposedOfLiteralsNamesAndCommentsThenNoValueIsTold() {
		List<String> values = List.of("'hunter2'", "'it''s hunter2'", "$$it's hunter2$$", "$a$ $$hunter2' $a$",
				"/* it's hunter2 */ 1", "-- it's 'hunter2\n", "E'\\'hunter2'", "'\\' || 'hunter2'", "'\"' || 'hunter2'",
				"/* /* ' */ hunter2 */ 2", "U&'hunter2\\0041'");
		List<String> others = List.of("\"it's\"", "\"a\"\"--\"", "\"/*\"", "select", "col$1", "a1", ",", "(", ")", "?",
				"??", "$1", "a[1]", "::int[]", "->", "#>>", "||", "5", "1e5", "-", "/", "*", "\n");
		Random random = new Random(3);
		for (int i = 0; i < 20_000; i++) {
			List<String> pieces = new ArrayList<>();
			for (int piece = 0; piece < 8; piece++) {
				List<String> source = random.nextBoolean() ? values : others;
				pieces.add(source.get(random.nextInt(source.size())));
			}
			String sql = String.join(" ", pieces);
			assertThat(this.masked.statement(sql, POSTGRESQL)).as(sql).doesNotContain(SECRET);
		}
	}

}

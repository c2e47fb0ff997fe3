package io.dbop.sql;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is refused, and what is said of it.
 */
class InvalidSqlTests {

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '@',
			textBlock = """
					postgresql ~ SELECT ?, :name   ~ 10 ~ line 1, column 11, the parameter ':name' is named (:name), but the one \
					at line 1, column 8 is positional (?); use one form in a statement
					postgresql ~ SELECT $1, ?      ~ 11 ~ line 1, column 12, the parameter '?' is positional (?), but the one \
					at line 1, column 8 is numbered ($1); use one form in a statement
					mysql      ~ SELECT :a, $1     ~ 11 ~ line 1, column 12, the parameter '$1' is numbered ($1), but the one \
					at line 1, column 8 is named (:name); use one form in a statement
					postgresql ~ SELECT $0         ~ 7  ~ line 1, column 8, parameters are numbered from 1 to 65535
					postgresql ~ SELECT $65536     ~ 7  ~ line 1, column 8, parameters are numbered from 1 to 65535
					postgresql ~ SELECT $99999999999999999999 ~ 7 ~ line 1, column 8, parameters are numbered from 1 to 65535
					postgresql ~ SELECT $1, $4, $2 ~ 7  ~ line 1, column 8, the numbers of the parameters leave out $3; number them \
					from $1 without a gap
					h2         ~ SELECT $2         ~ 7  ~ line 1, column 8, the numbers of the parameters leave out $1; number them \
					from $1 without a gap
					sqlite     ~ SELECT a = %s     ~ 11 ~ line 1, column 12, '%s' is no parameter here; write '?', '$1' or ':name'
					mysql      ~ VALUES (%s, %s)   ~ 8  ~ line 1, column 9, '%s' is no parameter here; write '?', '$1' or ':name'
					postgresql ~ WHERE %(secret)s = 1 ~ 6 ~ line 1, column 7, '%(...)s' is no parameter here; write '?', '$1' or \
					':name'
					postgresql ~ SELECT a LIMIT %s ~ 15 ~ line 1, column 16, '%s' is no parameter here; write '?', '$1' or ':name'
					sqlite     ~ SELECT @id        ~ 7  ~ line 1, column 8, '@id' is a parameter to the driver alone; write ':id'
					sqlite     ~ SELECT $id        ~ 7  ~ line 1, column 8, '$id' is a parameter to the driver alone; write ':id'
					mysql      ~ SELECT a ?? b     ~ 9  ~ line 1, column 10, '??' is a literal question mark, which this database \
					has no use for outside of literals; write '? ?' for two parameters
					postgresql ~ SELECT [a FROM t  ~ 7  ~ line 1, column 8, '[' begins a name, and no ']' ends it
					postgresql ~ SELECT [a]] FROM t ~ 7 ~ line 1, column 8, '[' begins a name, and no ']' ends it
					mysql      ~ SELECT a[]        ~ 8  ~ line 1, column 9, an identifier is empty
					postgresql ~ SELECT []         ~ 7  ~ line 1, column 8, an identifier is empty
					""")
	void whatCannotBeIsRefused(String dialect, String sql, int offset, String reason) {
		InvalidSqlException refused = refusal(dialect, sql);
		assertThat(refused.getMessage()).isEqualTo("A statement for 'main' was not sent: " + reason);
		assertThat(refused.alias()).isEqualTo("main");
		assertThat(refused.offset()).isEqualTo(offset);
	}

	@Test
	void positionsAreGivenByLine() {
		assertThat(refusal("postgresql", "SELECT 'secret'\r\n,\n  [").getMessage()).contains("line 3, column 3")
			.doesNotContain("secret");
	}

	@Test
	@DisplayName("S5 of a name that is too long no more than its beginning is told")
	void longNames() {
		String name = "s".repeat(64);
		assertThat(refusal("postgresql", "SELECT [" + name + "]").getMessage())
			.endsWith("the identifier '" + "s".repeat(20) + "...' has 64 bytes; this database keeps 63")
			.doesNotContain("s".repeat(21));
	}

	@Test
	void namesOfParametersAreCut() {
		assertThat(refusal("postgresql", "SELECT ?, :" + "p".repeat(500)).getMessage()).doesNotContain("p".repeat(40))
			.contains("p".repeat(39));
	}

	private static InvalidSqlException refusal(String dialect, String sql) {
		InvalidSqlException refused = catchThrowableOfType(InvalidSqlException.class,
				() -> Syntaxes.translator(dialect).translate(sql));
		assertThat(refused).as(sql).isNotNull();
		return refused;
	}

}

package io.dbop.sql;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SqlSyntaxTests {

	private static final String ROCKET = new String(Character.toChars(0x1F680));

	@ParameterizedTest
	@DisplayName("S5 a hostile identifier stays within its quotes")
	@CsvSource(delimiter = '~', quoteCharacter = '@', textBlock = """
			postgresql ~ x"; DROP TABLE users; -- ~ "x""; DROP TABLE users; --"
			postgresql ~ a`b                      ~ "a`b"
			postgresql ~ a]b                      ~ "a]b"
			mysql      ~ x"; DROP TABLE users; -- ~ `x"; DROP TABLE users; --`
			mysql      ~ a`b                      ~ `a``b`
			sqlite     ~ a`b"c                    ~ `a``b"c`
			h2         ~ a"b                      ~ "a""b"
			""")
	void hostileIdentifiers(String dialect, String identifier, String quoted) {
		assertThat(Syntaxes.of(dialect).quote(identifier)).isEqualTo(quoted);
	}

	@ParameterizedTest
	@DisplayName("S5 an identifier that the database would not keep is refused")
	@CsvSource({ "postgresql, 63, a", "mysql, 64, a", "mysql, 64, \u00e4", "mariadb, 64, a", "h2, 256, a",
			"generic, 128, a", "sqlite, 1000, a" })
	void identifiersAreLimited(String dialect, int limit, String letter) {
		SqlSyntax syntax = Syntaxes.of(dialect);
		assertThat(syntax.quote(letter.repeat(limit))).hasSize(limit + 2);
		assertThatIllegalArgumentException().isThrownBy(() -> syntax.quote(letter.repeat(limit + 1)))
			.withMessageContaining("has " + (limit + 1))
			.withMessageContaining("keeps " + limit);
	}

	@Test
	@DisplayName("S5 PostgreSQL counts bytes, the others characters")
	void bytesAndCharacters() {
		assertThat(Syntaxes.of("postgresql").quote("\u00e4".repeat(31))).hasSize(33);
		assertThatIllegalArgumentException().isThrownBy(() -> Syntaxes.of("postgresql").quote("\u00e4".repeat(32)))
			.withMessageContaining("64 bytes");
		assertThat(Syntaxes.of("h2").quote(ROCKET.repeat(256))).hasSize(514);
	}

	@Test
	@DisplayName("S5 an empty identifier, a NUL and half a character are refused")
	void impossibleIdentifiers() {
		for (String dialect : Syntaxes.ALL) {
			SqlSyntax syntax = Syntaxes.of(dialect);
			assertThatIllegalArgumentException().isThrownBy(() -> syntax.quote("")).withMessageContaining("empty");
			assertThatIllegalArgumentException().isThrownBy(() -> syntax.quote("a\0b"))
				.withMessage("the identifier 'a\uFFFDb' holds a NUL");
			assertThatIllegalArgumentException().isThrownBy(() -> syntax.quote("a\uD83Db"))
				.withMessageContaining("half a character");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "mysql", "mariadb" })
	@DisplayName("S5 a backslash in a name is refused where a driver takes it for an escape")
	void backslashes(String dialect) {
		assertThatIllegalArgumentException().isThrownBy(() -> Syntaxes.of(dialect).quote("a\\"))
			.withMessage("the identifier 'a\\' holds a backslash, which drivers take for an escape");
		assertThat(Syntaxes.of("postgresql").quote("a\\")).isEqualTo("\"a\\\"");
	}

	@Test
	void whenItIsCopiedThenTheFirstStaysAsItWas() {
		SqlSyntax standard = SqlSyntax.standard();
		SqlSyntax other = standard.with(SqlSyntax.Feature.HASH_COMMENTS).withIdentifierQuote('`');
		assertThat(other.has(SqlSyntax.Feature.HASH_COMMENTS)).isTrue();
		assertThat(standard.has(SqlSyntax.Feature.HASH_COMMENTS)).isFalse();
		assertThat(other.without(SqlSyntax.Feature.ARRAYS).has(SqlSyntax.Feature.ARRAYS)).isFalse();
		assertThat(other.quote("a")).isEqualTo("`a`");
		assertThat(standard.quote("a")).isEqualTo("\"a\"");
		assertThat(SqlSyntax.standard()).isSameAs(standard);
	}

	@Test
	void eachDialectHasOneSyntax() {
		for (String dialect : Syntaxes.ALL) {
			assertThat(Syntaxes.of(dialect)).isSameAs(Syntaxes.of(dialect));
		}
	}

}

package io.dbop.sql;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Hostile texts: a lexer that looks back takes minutes over them.
 */
class LinearTimeTests {

	static Stream<String> worst() {
		return Stream.of("[", "'", "/*", "$a$", "\"", "`", "?", "a[", "ARRAY[", "/**/");
	}

	static Stream<String> others() {
		return Stream.of("*/", "$a", "$", "-", "--", "--\n", "#", "??", ":", ":a", "%", "%(", "\\", "E'", "E'a'\n",
				"''\n", "(", ")", "]", "[a]", "a [", "]]", "$1", "a", "1", ";", "@", "/*!", "[a][", "SET [", "a[(",
				"%(a", " ", "\n", "BEGIN ", "SELECT ", "CREATE FUNCTION ATOMIC ", "?1 ", ":a ", "$1 ");
	}

	@ParameterizedTest
	@MethodSource("worst")
	@DisplayName("a million characters take no longer than a thousand times a thousand")
	void millionCharacters(String piece) {
		assertInTime(piece, 1_000_000);
	}

	@ParameterizedTest
	@MethodSource("others")
	@DisplayName("many characters of any kind take no longer than as many of another")
	void manyCharacters(String piece) {
		assertInTime(piece, 100_000);
	}

	private static void assertInTime(String piece, int length) {
		String sql = piece.repeat(length / piece.length());
		String closed = "SELECT a[1] FROM t WHERE " + sql + " /* */ ' \" ] )";
		for (String dialect : List.of("postgresql", "mysql")) {
			assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
				read(dialect, sql);
				read(dialect, closed);
			}, () -> dialect + " with " + piece);
		}
	}

	private static void read(String dialect, String sql) {
		assertThat(Syntaxes.of(dialect).readsOnly(sql)).isIn(true, false);
		try {
			assertThat(Syntaxes.translate(dialect, sql).text()).hasSizeGreaterThanOrEqualTo(sql.length() / 3);
		}
		catch (InvalidSqlException ex) {
			assertThat(ex.offset()).isBetween(0, sql.length());
		}
	}

}

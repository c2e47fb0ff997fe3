package io.dbop.sql;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Hostile texts of a million characters: a lexer that looks back takes minutes.
 */
class LinearTimeTests {

	private static final int LENGTH = 1_000_000;

	static Stream<String> pieces() {
		return Stream.of("[", "'", "/*", "*/", "$a$", "$a", "$", "\"", "`", "-", "--", "--\n", "#", "?", "??", ":",
				":a", "%", "%(", "\\", "E'", "E'a'\n", "''\n", "(", ")", "]", "a[", "ARRAY[", "[a]", "a [", "]]", "$1",
				"a", "1", ";", "@", "/*!", "[a][", "SET [", "a[(", "%(a", " ", "\n", "BEGIN ", "SELECT ",
				"CREATE FUNCTION ATOMIC ", "?1 ", ":a ", "$1 ");
	}

	@ParameterizedTest
	@MethodSource("pieces")
	@DisplayName("a million characters take no longer than a thousand times a thousand")
	void millionCharacters(String piece) {
		String sql = piece.repeat(LENGTH / piece.length());
		String closed = "SELECT a[1] FROM t WHERE " + sql + " /* */ ' \" ] )";
		for (String dialect : Syntaxes.ALL) {
			assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
				translate(dialect, sql);
				translate(dialect, closed);
			}, () -> dialect + " with " + piece);
		}
	}

	private static void translate(String dialect, String sql) {
		assertThatCode(() -> {
			try {
				Syntaxes.translate(dialect, sql);
			}
			catch (InvalidSqlException ex) {
				// refused in time
			}
		}).doesNotThrowAnyException();
		Syntaxes.of(dialect).readsOnly(sql);
	}

}

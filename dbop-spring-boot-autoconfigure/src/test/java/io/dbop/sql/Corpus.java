package io.dbop.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The statements of a file that was made for {@code psql}: its commands are left out.
 */
final class Corpus {

	private Corpus() {
	}

	static List<String> statements(String dialect, String file) {
		// each command ends what stands before it
		String text = read(dialect + "/" + file).replaceAll("(?m)^\\\\.*$", ";");
		Lexer lexer = new Lexer(text, Syntaxes.of(dialect));
		List<String> statements = new ArrayList<>();
		int from = 0;
		for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
			if (token == Token.SEMICOLON) {
				statements.add(text.substring(from, lexer.end()));
				from = lexer.end();
			}
		}
		statements.add(text.substring(from));
		return statements;
	}

	private static String read(String file) {
		try (InputStream in = Corpus.class.getResourceAsStream("/sql/" + file)) {
			return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

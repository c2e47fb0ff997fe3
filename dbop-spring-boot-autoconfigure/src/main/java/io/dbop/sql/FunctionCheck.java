package io.dbop.sql;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Looks for calls of functions of which nobody knows whether they write. Not thread-safe.
 */
final class FunctionCheck {

	/** A name that no list can have: in quotes of any kind, or of a certain schema. */
	private static final String OUT_OF_LIST = "";

	/** The name that has just been read, {@code null} after anything else. */
	private @Nullable String name;

	/** Whether it is that of something new, or of a type. */
	private boolean given;

	private boolean qualified;

	private FunctionCheck() {
	}

	static boolean callsUnknown(String sql, SqlSyntax syntax) {
		FunctionCheck check = new FunctionCheck();
		Lexer lexer = new Lexer(sql, syntax);
		for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
			if (token == Token.OPEN && check.atUnknown()) {
				return true;
			}
			if (token == Token.WORD) {
				check.name(sql.substring(lexer.start(), lexer.end()).toUpperCase(Locale.ROOT));
			}
			else if (token == Token.QUOTED || token == Token.STRING) {
				check.name(OUT_OF_LIST);
			}
			else if (token != Token.SPACE && token != Token.COMMENT) {
				check.other(token == Token.DOT);
			}
		}
		return false;
	}

	private boolean atUnknown() {
		return this.name != null && !this.given && !HarmlessWords.contain(this.name);
	}

	private void name(String word) {
		this.given = "AS".equals(this.name) || "WITH".equals(this.name) || "RECURSIVE".equals(this.name);
		this.name = this.qualified ? OUT_OF_LIST : word;
		this.qualified = false;
	}

	private void other(boolean dot) {
		this.name = null;
		this.given = false;
		this.qualified = dot;
	}

}

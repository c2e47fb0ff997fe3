package io.dbop.sql;

import io.dbop.sql.SqlSyntax.Feature;
import io.dbop.sql.SqlSyntax.QuestionMark;

/**
 * One translation of one statement, in one pass. Not thread-safe.
 */
final class Translation {

	/** The wire protocols count no further. */
	private static final int MAX_NUMBER = 65_535;

	private final String alias;

	private final String sql;

	private final SqlSyntax syntax;

	private final Lexer lexer;

	private final Surroundings surroundings;

	private final Routines routines;

	private final Parameters parameters = new Parameters();

	private final Output output;

	Translation(String alias, String sql, SqlSyntax syntax) {
		this.alias = alias;
		this.sql = sql;
		this.syntax = syntax;
		this.lexer = new Lexer(sql, syntax);
		this.surroundings = new Surroundings(sql, syntax);
		this.routines = new Routines(sql, syntax.has(Feature.NUMBERED_ARGUMENTS));
		this.output = new Output(sql);
	}

	SqlStatement run() {
		for (Token token = this.lexer.next(); token != Token.END; token = this.lexer.next()) {
			if (token == Token.SPACE || token == Token.COMMENT) {
				this.surroundings.separate();
			}
			else {
				translate(token);
			}
		}
		int missing = this.parameters.missingNumber();
		if (missing > 0) {
			throw invalid(this.parameters.firstStart(),
					"the numbers of the parameters leave out $" + missing + "; number them from $1 without a gap");
		}
		String text = this.output.text();
		return new SqlStatement(text, this.parameters, new ReadOnlyCheck(text, this.syntax).test(),
				Outline.of(text, this.syntax), this.syntax);
	}

	private void translate(Token token) {
		int start = this.lexer.start();
		switch (token) {
			case OPEN_BRACKET -> {
				bracket(start);
				return;
			}
			case QUESTION -> positional(start);
			case DOUBLE_QUESTION -> literalQuestionMark(start);
			case NUMBERED -> numbered(start);
			case NAMED -> named(start);
			case NATIVE -> throw invalid(start, "'%s' is a parameter to the driver alone; write ':%s'"
				.formatted(marker(), this.sql.substring(start + 1, this.lexer.end())));
			case PERCENT -> percent(start);
			case WORD -> this.routines.word(start, this.lexer.end());
			case SEMICOLON -> this.routines.semicolon();
			default -> {
			}
		}
		this.surroundings.pass(token, start, this.lexer.end());
	}

	private void bracket(int start) {
		Bracket bracket = this.surroundings.bracketAt(start);
		if (bracket != Bracket.NAME) {
			this.surroundings.open(bracket, start);
			return;
		}
		BracketedName name = BracketedName.at(this.sql, start, !this.surroundings.inArray());
		if (name == null) {
			throw invalid(start, "'[' begins a name, and no ']' ends it");
		}
		String fault = this.syntax.faultOf(name.name());
		if (fault != null) {
			throw invalid(start, fault);
		}
		this.output.replace(start, name.end(), this.syntax.quote(name.name()));
		this.lexer.skipTo(name.end());
		this.surroundings.passName(start, name.end());
	}

	private void positional(int start) {
		require(ParameterStyle.POSITIONAL, start);
		this.parameters.addPositional(this.output.offsetOf(start));
	}

	private void numbered(int start) {
		if (this.routines.ownArguments() && this.sql.charAt(start) == '$') {
			return;
		}
		require(ParameterStyle.NUMBERED, start);
		int digits = this.lexer.end() - start - 1;
		int number = (digits <= 9) ? Integer.parseInt(this.sql, start + 1, this.lexer.end(), 10) : Integer.MAX_VALUE;
		if (number < 1 || number > MAX_NUMBER) {
			throw invalid(start, "parameters are numbered from 1 to " + MAX_NUMBER);
		}
		this.parameters.addNumbered(number, questionMark(start));
	}

	private void named(int start) {
		if (this.surroundings.inSubscript()) {
			return;
		}
		require(ParameterStyle.NAMED, start);
		this.parameters.addNamed(this.sql.substring(start + 1, this.lexer.end()), questionMark(start));
	}

	/** Two question marks side by side would be a literal one. */
	private int questionMark(int start) {
		if (this.output.endsWith(start, '?')) {
			this.output.replace(start, start, " ");
		}
		return this.output.replace(start, this.lexer.end(), "?");
	}

	private void literalQuestionMark(int start) {
		QuestionMark written = this.syntax.questionMark();
		if (written == QuestionMark.NONE) {
			throw invalid(start, "'??' is a literal question mark, which this database has no use for outside of"
					+ " literals; write '? ?' for two parameters");
		}
		if (this.output.endsWith(start, '?')) {
			this.output.replace(start, start, " ");
		}
		if (written == QuestionMark.SINGLE) {
			this.output.replace(start, start + 2, "?");
		}
	}

	private void percent(int start) {
		if (!this.surroundings.afterOperand()) {
			throw invalid(start, "'%s' is no parameter here; write '?', '$1' or ':name'"
				.formatted(this.sql.startsWith("%(", start) ? "%(...)s" : "%s"));
		}
	}

	private void require(ParameterStyle form, int start) {
		if (!this.parameters.accepts(form, start)) {
			throw invalid(start,
					"the parameter '%s' is %s, but the one at %s is %s; use one form in a statement".formatted(marker(),
							named(form), TextPosition.of(this.sql, this.parameters.firstStart()),
							named(this.parameters.style())));
		}
	}

	private static String named(ParameterStyle form) {
		return switch (form) {
			case POSITIONAL -> "positional (?)";
			case NUMBERED -> "numbered ($1)";
			default -> "named (:name)";
		};
	}

	/** The marker as it is written; names are cut. */
	private String marker() {
		int start = this.lexer.start();
		return this.sql.substring(start, Math.min(this.lexer.end(), start + 40));
	}

	private InvalidSqlException invalid(int offset, String reason) {
		return new InvalidSqlException(this.alias, this.sql, offset, reason);
	}

}

package io.dbop.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A statement put together by chance, and what is to become of it. Between two operands
 * there is always an operator, as in any statement, so that each piece means the same
 * wherever it stands.
 */
final class GeneratedSql {

	private static final List<String> EVERYWHERE = List.of("'[x] ? :a $1 %s'", "'it''s ?'", "''", "\"we[x]ird?\"", "a",
			"t.b", "1", "1.5e3", "x'3F'", "(a)", "f('?', a)", "NULL", "CASE WHEN a THEN b END", "CAST(a AS int)",
			"a -- ? [x] :a\n", "b /* ? [x] 'it */", "(SELECT 1)", "\u00e4\u00f6");

	private static final List<String> ARRAYS = List.of("a[1]", "a[i]", "a[1:2]", "a[lo:hi]", "a [1]", "a[ : hi]",
			"ARRAY[x]", "ARRAY[[1,2],[3,4]]", "ARRAY[[a,b],[c,d]]", "(f(x))[i]", "\"a\"[i]", "t.order[i]", "a[1][i]",
			"ARRAY[a[1],b[i]]");

	private static final Map<String, List<String>> OF_DIALECT = Map.of("postgresql",
			List.of("E'\\'?'", "U&'\\?'", "U&'\\'", "$$ ? [x] $$", "$t$?$x$ ' $t$", "a /* /* ? */ [x] */",
					"'{1,2}'::int[]", "x::int[][]", "a$1", "'\\'", "j['a']['b']", "a::text"),
			"mysql",
			List.of("'it\\'s ?'", "\"[x] \\\" ?\"", "`a?[b]`", "a # ? [x]\n", "1 /*!40000 + ? */", "@v", "@@global.v",
					"_utf8'?'", "1--1", "'\\\\'", "a$b", "@`?`"),
			"mariadb", List.of("'it\\'s ?'", "`a?[b]`", "a # ? [x]\n", "1 /*M!100100 + ? */", "@v"), "sqlite",
			List.of("`a?[b]`", "'\\'", "j->'$[0]'", "a /* /* ? */"), "h2",
			List.of("$$ ? [x] ' $$", "a // ? [x]\n", "a /* /* ? */ ? */", "`a?`"), "generic",
			List.of("a /* /* ? */", "'\\'"));

	private static final List<String> OPERATORS = List.of("+", " = ", " AND ", ", ", "<>", " OR NOT ", " || ", "\n=\n",
			" /* c ? */ - ", " IN (1) AND ");

	private static final List<String> POSTGRES_OPERATORS = List.of(" @> ", " #>> ", " -> ", " ?? ", " ??| ", " ??& ",
			" @?? ", " ??-| ", " # ");

	private static final List<String> NAMES = List.of("users", "Order", "a\"b", "c`d", "e]f", "?", " :x ", "$1", "a.b",
			"\u00e4 b", "select", "'", "--", "/*");

	private final String dialect;

	private final SplittableRandom random;

	private final ParameterStyle style;

	private final StringBuilder sql = new StringBuilder();

	private final StringBuilder expected = new StringBuilder();

	private final Set<Integer> used = new HashSet<>();

	private int binds;

	GeneratedSql(String dialect, SplittableRandom random) {
		this.dialect = dialect;
		this.random = random;
		this.style = ParameterStyle.values()[random.nextInt(4)];
		add(oneOf(List.of("SELECT ", "UPDATE t SET x = ", "INSERT INTO t SELECT ", "/*! k */ SELECT ", "\n ")));
		int pieces = 1 + random.nextInt(12);
		for (int i = 0; i < pieces; i++) {
			if (i > 0) {
				operator();
			}
			operand();
		}
		numberWithoutAGap();
	}

	String sql() {
		return this.sql.toString();
	}

	String expected() {
		return this.expected.toString();
	}

	int binds() {
		return this.binds;
	}

	int parameters() {
		return (this.style == ParameterStyle.POSITIONAL) ? this.binds : this.used.size();
	}

	private void operator() {
		boolean postgres = this.dialect.equals("postgresql") && this.random.nextInt(3) == 0;
		add(oneOf(postgres ? POSTGRES_OPERATORS : OPERATORS));
	}

	private void operand() {
		switch (this.random.nextInt(4)) {
			case 0 -> name();
			case 1 -> parameter();
			default -> add(oneOf(kept()));
		}
	}

	private List<String> kept() {
		List<String> kept = new ArrayList<>(EVERYWHERE);
		kept.addAll(OF_DIALECT.getOrDefault(this.dialect, List.of()));
		if (Syntaxes.of(this.dialect).has(SqlSyntax.Feature.ARRAYS)) {
			kept.addAll(ARRAYS);
		}
		return kept;
	}

	private void name() {
		String name = oneOf(NAMES);
		String qualifier = oneOf(List.of("", "t.", "[t]."));
		this.sql.append(qualifier).append('[').append(name.replace("]", "]]")).append(']');
		this.expected.append(qualifier.equals("[t].") ? Syntaxes.of(this.dialect).quote("t") + "." : qualifier)
			.append(Syntaxes.of(this.dialect).quote(name));
	}

	private void parameter() {
		if (this.style == ParameterStyle.NONE) {
			add("0");
		}
		else {
			marker(this.random.nextInt(4));
		}
	}

	private void marker(int parameter) {
		this.sql.append(switch (this.style) {
			case NUMBERED -> (this.random.nextBoolean() ? "$" : "?") + (parameter + 1);
			case NAMED -> ":" + "abcd".charAt(parameter);
			default -> "?";
		});
		this.expected.append('?');
		this.used.add(parameter);
		this.binds++;
	}

	private void numberWithoutAGap() {
		if (this.style == ParameterStyle.NUMBERED) {
			for (int parameter = 0; parameter < 4; parameter++) {
				if (!this.used.contains(parameter)) {
					add(", ");
					marker(parameter);
				}
			}
		}
	}

	private void add(String kept) {
		this.sql.append(kept);
		this.expected.append(kept);
	}

	private String oneOf(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}

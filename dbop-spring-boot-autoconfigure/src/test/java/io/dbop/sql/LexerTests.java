package io.dbop.sql;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where pieces begin and end: each piece of the text between bars, blanks left out.
 */
class LexerTests {

	@ParameterizedTest
	@DisplayName("S2 literals end where the database ends them")
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			postgresql ~ 'it''s' x      ~ STRING 'it''s'|WORD x
			postgresql ~ 'a\\' ?        ~ STRING 'a\\'|QUESTION ?
			postgresql ~ E'a\\'?' x     ~ STRING E'a\\'?'|WORD x
			postgresql ~ e'\\\\' ?      ~ STRING e'\\\\'|QUESTION ?
			postgresql ~ somE'\\' ?     ~ WORD somE|STRING '\\'|QUESTION ?
			postgresql ~ U&'\\' ?       ~ WORD U|OPERATOR &|STRING '\\'|QUESTION ?
			postgresql ~ U&"\\" ?       ~ WORD U|OPERATOR &|QUOTED "\\"|QUESTION ?
			postgresql ~ N'\\' B'1' X'f' ~ WORD N|STRING '\\'|WORD B|STRING '1'|WORD X|STRING 'f'
			postgresql ~ '' '?'         ~ STRING ''|STRING '?'
			postgresql ~ '''?' ?        ~ STRING '''?'|QUESTION ?
			mysql      ~ 'a\\'?' x      ~ STRING 'a\\'?'|WORD x
			mysql      ~ 'a''?\\\\' ?   ~ STRING 'a''?\\\\'|QUESTION ?
			mysql      ~ "a\\"?" x      ~ STRING "a\\"?"|WORD x
			mysql      ~ "it""s?" ?     ~ STRING "it""s?"|QUESTION ?
			mysql      ~ E'\\'' x       ~ WORD E|STRING '\\''|WORD x
			mysql      ~ _utf8'?' n'?'  ~ WORD _utf8|STRING '?'|WORD n|STRING '?'
			mariadb    ~ 'a\\'?' x      ~ STRING 'a\\'?'|WORD x
			sqlite     ~ 'a\\' ?        ~ STRING 'a\\'|QUESTION ?
			h2         ~ 'a\\' ?        ~ STRING 'a\\'|QUESTION ?
			generic    ~ 'a\\' ?        ~ STRING 'a\\'|QUESTION ?
			""")
	void literals(String dialect, String sql, String pieces) {
		assertPieces(dialect, sql, pieces);
	}

	@ParameterizedTest
	@DisplayName("S2 dollar quotes end at their own tag")
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			postgresql ~ $$ ? [x] $$ ?         ~ STRING $$ ? [x] $$|QUESTION ?
			postgresql ~ $t$?$x$?$t$ ?         ~ STRING $t$?$x$?$t$|QUESTION ?
			postgresql ~ $t$?$$?$T$ $t$ ?      ~ STRING $t$?$$?$T$ $t$|QUESTION ?
			postgresql ~ $_1ä$?$_1ä$           ~ STRING $_1ä$?$_1ä$
			postgresql ~ a$t$ ?                ~ WORD a$t$|QUESTION ?
			postgresql ~ $1$x$?                ~ OPERATOR $1$x$|QUESTION ?
			postgresql ~ $t ?                  ~ OPERATOR $|WORD t|QUESTION ?
			h2         ~ $$ ? $$ ?             ~ STRING $$ ? $$|QUESTION ?
			h2         ~ $t$ ?                 ~ OPERATOR $|WORD t$|QUESTION ?
			sqlite     ~ $$ ?                  ~ OPERATOR $|OPERATOR $|QUESTION ?
			""")
	void dollarQuotes(String dialect, String sql, String pieces) {
		assertPieces(dialect, sql, pieces);
	}

	@ParameterizedTest
	@DisplayName("S2 comments end where the database ends them")
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			postgresql ~ /* /* ? */ ? */ ?     ~ COMMENT /* /* ? */ ? */|QUESTION ?
			postgresql ~ /*/ ? */ ?            ~ COMMENT /*/ ? */|QUESTION ?
			postgresql ~ /**/ ?                ~ COMMENT /**/|QUESTION ?
			postgresql ~ -- ? [x]              ~ COMMENT -- ? [x]
			postgresql ~ --? [x]               ~ COMMENT --? [x]
			postgresql ~ # ? x                 ~ OPERATOR #|QUESTION ?|WORD x
			postgresql ~ a // ?                ~ WORD a|OPERATOR /|OPERATOR /|QUESTION ?
			h2         ~ /* /* ? */ ? */ ?     ~ COMMENT /* /* ? */ ? */|QUESTION ?
			h2         ~ // ? [x]              ~ COMMENT // ? [x]
			mysql      ~ /* /* ? */ ?          ~ COMMENT /* /* ? */|QUESTION ?
			mysql      ~ # ? [x]               ~ COMMENT # ? [x]
			mysql      ~ 1--? x                ~ NUMBER 1|OPERATOR -|OPERATOR -|QUESTION ?|WORD x
			mysql      ~ 1 -- ? x              ~ NUMBER 1|COMMENT -- ? x
			mysql      ~ 1 --                  ~ NUMBER 1|COMMENT --
			mysql      ~ /*!40000 ? */ ?       ~ COMMENT /*!40000 ? */|QUESTION ?
			mysql      ~ /*! a /* b */ ? */ ?  ~ COMMENT /*! a /* b */ ? */|QUESTION ?
			mariadb    ~ /*M!100100 ? */ ?     ~ COMMENT /*M!100100 ? */|QUESTION ?
			sqlite     ~ /* /* ? */ ?          ~ COMMENT /* /* ? */|QUESTION ?
			generic    ~ /* /* ? */ ?          ~ COMMENT /* /* ? */|QUESTION ?
			""")
	void comments(String dialect, String sql, String pieces) {
		assertPieces(dialect, sql, pieces);
	}

	@ParameterizedTest
	@DisplayName("S2 a carriage return ends a comment where the database says so")
	@CsvSource({ "postgresql, true", "h2, true", "generic, true", "mysql, false", "mariadb, false", "sqlite, false" })
	void carriageReturns(String dialect, boolean ends) {
		assertThat(Syntaxes.translate(dialect, "-- a\r?").bindCount()).isEqualTo(ends ? 1 : 0);
		assertThat(Syntaxes.translate(dialect, "-- a\r\n?").bindCount()).isOne();
	}

	@ParameterizedTest
	@DisplayName("S2 quoted identifiers end at their quote, doubled ones apart")
	@CsvSource(delimiter = '~', quoteCharacter = '@', textBlock = """
			postgresql ~ "we[x]ird?" ?         ~ QUOTED "we[x]ird?"|QUESTION ?
			postgresql ~ "a""?" ?              ~ QUOTED "a""?"|QUESTION ?
			postgresql ~ "a\\" ?               ~ QUOTED "a\\"|QUESTION ?
			postgresql ~ ` ?                   ~ OPERATOR `|QUESTION ?
			mysql      ~ `a?[b]` ?             ~ QUOTED `a?[b]`|QUESTION ?
			mysql      ~ `a``?` ?              ~ QUOTED `a``?`|QUESTION ?
			mysql      ~ `a\\` ?               ~ QUOTED `a\\`|QUESTION ?
			sqlite     ~ `a?` "b?"             ~ QUOTED `a?`|QUOTED "b?"
			h2         ~ `a?` "b?"             ~ QUOTED `a?`|QUOTED "b?"
			""")
	void quotedIdentifiers(String dialect, String sql, String pieces) {
		assertPieces(dialect, sql, pieces);
	}

	@ParameterizedTest
	@DisplayName("markers are told from operators")
	@CsvSource(delimiter = '~', quoteCharacter = '`',
			textBlock = """
					postgresql ~ ???                   ~ DOUBLE_QUESTION ??|QUESTION ?
					postgresql ~ ????                  ~ DOUBLE_QUESTION ??|DOUBLE_QUESTION ??
					postgresql ~ $12+$3                ~ NUMBERED $12|OPERATOR +|NUMBERED $3
					postgresql ~ $1a                   ~ OPERATOR $1a
					postgresql ~ a$1                   ~ WORD a$1
					postgresql ~ ?1                    ~ NUMBERED ?1
					postgresql ~ :a::text              ~ NAMED :a|OPERATOR ::|WORD text
					postgresql ~ a::text               ~ WORD a|OPERATOR ::|WORD text
					postgresql ~ x := :y               ~ WORD x|OPERATOR :=|NAMED :y
					postgresql ~ 'k':v                 ~ STRING 'k'|OPERATOR :|WORD v
					postgresql ~ a:b                   ~ WORD a|OPERATOR :|WORD b
					postgresql ~ :'v' :"w"             ~ OPERATOR :|STRING 'v'|OPERATOR :|QUOTED "w"
					postgresql ~ :1 : a                ~ OPERATOR :|NUMBER 1|OPERATOR :|WORD a
					postgresql ~ (:naïve_1)            ~ OPEN (|NAMED :naïve_1|CLOSE )
					postgresql ~ @x @> @@ $x           ~ OPERATOR @|WORD x|OPERATOR @|OPERATOR >|OPERATOR @@|OPERATOR $|WORD x
					mysql      ~ @v := @@w             ~ OPERATOR @|WORD v|OPERATOR :=|OPERATOR @@|WORD w
					sqlite     ~ @x $y :z ?5           ~ NATIVE @x|NATIVE $y|NAMED :z|NUMBERED ?5
					postgresql ~ %s %(a)s %( a)s %sum  ~ PERCENT %s|PERCENT %(a)s|OPERATOR %|OPEN (|WORD a|CLOSE )|WORD s|OPERATOR %|WORD sum
					postgresql ~ 1e5 0x1F 1.5 2x       ~ NUMBER 1e5|NUMBER 0x1F|NUMBER 1|DOT .|NUMBER 5|NUMBER 2x
					""")
	void markers(String dialect, String sql, String pieces) {
		assertPieces(dialect, sql, pieces);
	}

	@ParameterizedTest
	@DisplayName("what does not end goes on to the end of the text")
	@CsvSource(delimiter = '~', quoteCharacter = '@', textBlock = """
			postgresql ~ a 'b ?                ~ WORD a|STRING 'b ?
			postgresql ~ a "b ?                ~ WORD a|QUOTED "b ?
			postgresql ~ a $x$b ?              ~ WORD a|STRING $x$b ?
			postgresql ~ a E'b\\' ?            ~ WORD a|STRING E'b\\' ?
			postgresql ~ a /* /* */ ?          ~ WORD a|COMMENT /* /* */ ?
			mysql      ~ a `b ?                ~ WORD a|QUOTED `b ?
			mysql      ~ a 'b\\                ~ WORD a|STRING 'b\\
			""")
	void open(String dialect, String sql, String pieces) {
		assertPieces(dialect, sql, pieces);
	}

	@ParameterizedTest
	@DisplayName("S2 an E literal keeps its escapes in the next line")
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			E'a'@'\\'?' ?     ~ STRING E'a'@'\\'?'|QUESTION ?
			E'a' @ '\\'?' ?   ~ STRING E'a' @ '\\'?'|QUESTION ?
			E'a' '\\' ?       ~ STRING E'a'|STRING '\\'|QUESTION ?
			'a'@'\\' ?        ~ STRING 'a'|STRING '\\'|QUESTION ?
			""")
	void continuedLiteral(String sql, String pieces) {
		assertPieces("postgresql", sql.replace('@', '\n'), pieces.replace('@', '\n'));
	}

	private static void assertPieces(String dialect, String sql, String expected) {
		List<String> pieces = new ArrayList<>();
		Lexer lexer = new Lexer(sql, Syntaxes.of(dialect));
		int at = 0;
		for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
			assertThat(lexer.start()).isEqualTo(at);
			at = lexer.end();
			if (token != Token.SPACE) {
				pieces.add(token + " " + sql.substring(lexer.start(), at));
			}
		}
		assertThat(at).isEqualTo(sql.length());
		assertThat(String.join("|", pieces)).isEqualTo(expected);
	}

}

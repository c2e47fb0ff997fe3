package io.dbop.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SqlTagsTests {

	@Test
	@DisplayName("S6 tags are sorted and URL-encoded")
	void sorted() {
		Map<String, String> tags = new LinkedHashMap<>();
		tags.put("traceparent", "00-5bd66ef5-01");
		tags.put("route", "/polls 1000%");
		tags.put("k y", "d'\u00e4\u20ac");
		assertThat(SqlTags.comment(tags))
			.isEqualTo("/*k%20y='d%27%C3%A4%E2%82%AC',route='%2Fpolls%201000%25',traceparent='00-5bd66ef5-01'*/ ");
		assertThat(SqlTags.comment(Map.of())).isEmpty();
	}

	@ParameterizedTest
	@DisplayName("S6 a hostile tag is nothing but a comment to any lexer")
	@ValueSource(strings = { "*/ DROP TABLE x; /*", "?", "??", "[id]", "a\nb", "a\r\n--", "$1", "$$", ":x", "'", "\"",
			"`", "\\", "!40000 x", "M!x", "+ hint", "%s", "#", "/*", "*/", "\0", "\uD83D", "\u202E" })
	void hostileTags(String hostile) {
		for (Map<String, String> tags : List.of(Map.of("key", hostile), Map.of(hostile, "value"))) {
			String comment = SqlTags.comment(tags);
			assertThat(comment).matches("/\\*[A-Za-z0-9%._~-]+='[A-Za-z0-9%._~-]*'\\*/ ");
			for (String dialect : Syntaxes.ALL) {
				SqlStatement statement = Syntaxes.translate(dialect, comment + "SELECT ?");
				assertThat(statement.text()).isEqualTo(comment + "SELECT ?");
				assertThat(statement.bindCount()).isOne();
				assertThat(statement.readsOnly()).isTrue();
			}
		}
	}

	@Test
	@DisplayName("S6 a long value is cut, between characters")
	void longValues() {
		assertThat(SqlTags.comment(Map.of("k", "v".repeat(1000)))).isEqualTo("/*k='" + "v".repeat(256) + "'*/ ");
		String rocket = new String(Character.toChars(0x1F680));
		assertThat(SqlTags.comment(Map.of("k", "v".repeat(255) + rocket)))
			.isEqualTo("/*k='" + "v".repeat(255) + "'*/ ");
	}

	@Test
	@DisplayName("S6 too many tags and keys of no use are refused")
	void refused() {
		assertThatIllegalArgumentException().isThrownBy(() -> SqlTags.comment(Map.of("", "v")))
			.withMessage("A tag's key has 0 characters; 1 to 64 are possible");
		assertThatIllegalArgumentException().isThrownBy(() -> SqlTags.comment(Map.of("k".repeat(65), "v")));
		Map<String, String> many = IntStream.range(0, 33).boxed().collect(toMap(Object::toString, Object::toString));
		assertThatIllegalArgumentException().isThrownBy(() -> SqlTags.comment(many)).withMessageContaining("33 tags");
	}

}

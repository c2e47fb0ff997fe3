package io.dbop.sql;

import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statements of PostgreSQL's own tests. None has a marker of ours but the question
 * marks of operators, which their author, too, would have to double for the driver.
 */
class CorpusTests {

	@ParameterizedTest
	@DisplayName("S2 statements of PostgreSQL's regression suite come out as they went in")
	@CsvSource({ "arrays.sql, 0", "json.sql, 0", "jsonb.sql, 65", "jsonb_jsonpath.sql, 78", "strings.sql, 0",
			"plpgsql.sql, 0", "prepare.sql, 0", "geometry.sql, 14", "create_function_sql.sql, 0", "sqljson.sql, 0",
			"comments.sql, 0" })
	void ofPostgres(String file, int questionMarks) throws SQLException {
		List<String> statements = Corpus.statements("postgresql", file);
		assertThat(statements).hasSizeGreaterThan(5);
		int binds = 0;
		for (String sql : statements) {
			SqlStatement statement = Syntaxes.translate("postgresql", sql);
			assertThat(statement.text()).isEqualTo(sql);
			assertThat(statement.style()).isIn(ParameterStyle.NONE, ParameterStyle.POSITIONAL);
			assertThat(bindsOfDriver(sql)).as(sql).isEqualTo(statement.bindCount());
			binds += statement.bindCount();
		}
		assertThat(binds).isEqualTo(questionMarks);
	}

	@ParameterizedTest
	@DisplayName("S3 pgjdbc counts the same binds once the operators are written with ??")
	@CsvSource({ "jsonb.sql", "jsonb_jsonpath.sql", "geometry.sql" })
	void operators(String file) throws SQLException {
		for (String sql : Corpus.statements("postgresql", file)) {
			SqlStatement statement = Syntaxes.translate("postgresql", sql);
			StringBuilder doubled = new StringBuilder(statement.text());
			for (int bind = statement.bindCount() - 1; bind >= 0; bind--) {
				doubled.insert(statement.offsetOf(bind), '?');
			}
			SqlStatement translated = Syntaxes.translate("postgresql", doubled.toString());
			assertThat(translated.text()).isEqualTo(doubled.toString());
			assertThat(translated.bindCount()).isZero();
			assertThat(bindsOfDriver(translated.text())).as(sql).isZero();
		}
	}

	private static int bindsOfDriver(String sql) throws SQLException {
		return Parser.parseJdbcSql(sql, true, true, true, true, true)
			.stream()
			.mapToInt((NativeQuery query) -> query.bindPositions.length)
			.sum();
	}

}

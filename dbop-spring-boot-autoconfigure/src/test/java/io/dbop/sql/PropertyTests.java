package io.dbop.sql;

import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Statements made of pieces whose translation is known each by itself.
 */
class PropertyTests {

	private static final int STATEMENTS = 3000;

	static List<String> dialects() {
		return Syntaxes.ALL;
	}

	@ParameterizedTest
	@MethodSource("dialects")
	@DisplayName("S2 S3 what stays stays, and parameters are counted right, in any order of pieces")
	void anyOrderOfPieces(String dialect) {
		long seed = Long.getLong("dbop.test.seed", System.nanoTime());
		SplittableRandom seeds = new SplittableRandom(seed);
		for (int i = 0; i < STATEMENTS; i++) {
			GeneratedSql generated = new GeneratedSql(dialect, seeds.split());
			SqlStatement statement = Syntaxes.translate(dialect, generated.sql());
			assertThat(statement.text()).as("seed %d, statement %d on %s: %s", seed, i, dialect, generated.sql())
				.isEqualTo(generated.expected());
			assertThat(List.of(statement.bindCount(), statement.parameterCount()))
				.as("binds and parameters with seed %d, statement %d on %s: %s", seed, i, dialect, generated.sql())
				.containsExactly(generated.binds(), generated.parameters());
			assertOffsets(statement);
		}
	}

	private static void assertOffsets(SqlStatement statement) {
		for (int bind = 0; bind < statement.bindCount(); bind++) {
			assertThat(statement.text().charAt(statement.offsetOf(bind))).isEqualTo('?');
			assertThat(statement.parameterOf(bind)).isBetween(0, statement.parameterCount() - 1);
			assertThat(bind == 0 || statement.offsetOf(bind) > statement.offsetOf(bind - 1)).isTrue();
		}
	}

}

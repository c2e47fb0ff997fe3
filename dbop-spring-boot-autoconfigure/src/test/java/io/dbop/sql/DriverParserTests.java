package io.dbop.sql;

import java.sql.SQLException;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.util.ClientParser;
import org.postgresql.core.Parser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The drivers look for question marks themselves: they must find those that we count.
 */
class DriverParserTests {

	private static final int STATEMENTS = 3000;

	@Test
	void pgjdbcSeesTheSameBinds() throws SQLException {
		long seed = Long.getLong("dbop.test.seed", System.nanoTime());
		SplittableRandom seeds = new SplittableRandom(seed);
		for (int i = 0; i < STATEMENTS; i++) {
			String sql = new GeneratedSql("postgresql", seeds.split()).sql();
			assertPgjdbc(sql, "seed " + seed);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { ":a??'k' = :b", "$1??$2", "?1?2", "a ??? b", "a ???? ?", ":a??:b", "?? ?", "$1??|$2" })
	void pgjdbcSeesTheSameBindsWhereMarkersTouch(String sql) throws SQLException {
		assertPgjdbc(sql, "");
	}

	private static void assertPgjdbc(String sql, String description) throws SQLException {
		SqlStatement statement = Syntaxes.translate("postgresql", sql);
		int binds = Parser.parseJdbcSql(statement.text(), true, true, true, true, true)
			.stream()
			.mapToInt((query) -> query.bindPositions.length)
			.sum();
		assertThat(binds).as("%s: %s became %s", description, sql, statement.text()).isEqualTo(statement.bindCount());
	}

	@ParameterizedTest
	@ValueSource(strings = { "mariadb", "mysql" })
	void mariaDbsDriverSeesTheSameBinds(String dialect) {
		long seed = Long.getLong("dbop.test.seed", System.nanoTime());
		SplittableRandom seeds = new SplittableRandom(seed);
		for (int i = 0; i < STATEMENTS; i++) {
			SqlStatement statement = Syntaxes.translate(dialect, new GeneratedSql(dialect, seeds.split()).sql());
			int binds = ClientParser.parameterParts(statement.text(), false).getParamCount();
			assertThat(binds).as("seed %d: %s", seed, statement.text()).isEqualTo(statement.bindCount());
		}
	}

}

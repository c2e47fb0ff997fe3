package io.dbop.sql;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqlTranslatorTests {

	private final AtomicReference<SqlSyntax> syntax = new AtomicReference<>(Syntaxes.of("postgresql"));

	private final SqlTranslator translator = new SqlTranslator("main", this.syntax::get, 10);

	@Test
	void whenTheSameTextComesAgainThenItIsFound() {
		SqlStatement first = this.translator.translate("SELECT [a]");
		assertThat(this.translator.translate(new String("SELECT [a]"))).isSameAs(first);
		assertThat(this.translator.statistics()).isEqualTo(new CacheStatistics(1, 1, 0, 1));
	}

	@Test
	void whenOnlyLiteralsOrTagsDifferThenNothingIsShared() {
		assertThat(this.translator.translate("SELECT 'a', ?").text()).isEqualTo("SELECT 'a', ?");
		assertThat(this.translator.translate("SELECT 'b', ?").text()).isEqualTo("SELECT 'b', ?");
		assertThat(this.translator.translate("/*k='v'*/ SELECT 'b', ?").text()).isEqualTo("/*k='v'*/ SELECT 'b', ?");
		assertThat(this.translator.statistics().misses()).isEqualTo(3);
		assertThat(this.translator.statistics().hits()).isZero();
	}

	@Test
	void whenLiteralsFloodItThenItStaysAsSmallAsItIs() {
		for (int i = 0; i < 1000; i++) {
			this.translator.translate("SELECT '" + i + "'");
		}
		CacheStatistics statistics = this.translator.statistics();
		assertThat(statistics.size()).isLessThanOrEqualTo(10);
		assertThat(statistics.evictions()).isEqualTo(1000 - statistics.size());
	}

	@Test
	void whenTextsAreLongThenFewerAreKept() {
		for (int i = 0; i < 10; i++) {
			this.translator.translate("SELECT '" + i + "x".repeat(4000) + "'");
		}
		assertThat(this.translator.statistics().size()).isLessThanOrEqualTo(5);
	}

	@Test
	void whenATextIsVeryLongThenItIsNotKept() {
		String sql = "SELECT [a], '" + "x".repeat(65 * 1024) + "'";
		assertThat(this.translator.translate(sql).text()).startsWith("SELECT \"a\"");
		assertThat(this.translator.statistics()).isEqualTo(new CacheStatistics(0, 0, 0, 0));
	}

	@Test
	void whenTheDialectIsLearntLaterThenOldTranslationsAreGone() {
		assertThat(this.translator.translate("SELECT [a]").text()).isEqualTo("SELECT \"a\"");
		this.syntax.set(Syntaxes.of("mysql"));
		assertThat(this.translator.translate("SELECT [a]").text()).isEqualTo("SELECT `a`");
		assertThat(this.translator.translate("SELECT [a]").text()).isEqualTo("SELECT `a`");
		assertThat(this.translator.statistics()).isEqualTo(new CacheStatistics(1, 2, 0, 1));
	}

	@Test
	void whenAStatementIsRefusedThenItIsRefusedAgain() {
		for (int i = 0; i < 2; i++) {
			assertThatThrownBy(() -> this.translator.translate("SELECT []")).isInstanceOf(InvalidSqlException.class);
		}
		assertThat(this.translator.statistics().size()).isZero();
	}

}

package io.dbop.sample.report;

import io.dbop.failure.Redo;
import io.dbop.sample.Schema;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link LostInsertRace}. SQLite has one writer at a time, so there is nothing
 * to lose.
 */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class LostInsertRaceTests {

	private final JdbcClient jdbc;

	private final LostInsertRace classifier = new LostInsertRace();

	LostInsertRaceTests(DatabaseInstance database) {
		this.jdbc = Schema.REPORTING.createIn(database);
	}

	@Test
	void whenTheRowIsThereAlreadyThenTheTransactionIsDoneAgain() {
		insert("2026-01-01");
		Throwable failure = catchThrowable(() -> insert("2026-01-01"));
		assertThat(this.classifier.classify(failure)).isNotNull()
			.satisfies((classification) -> assertThat(classification.redo()).isEqualTo(Redo.TRANSACTION));
	}

	@Test
	void whenTheDayIsMissingThenItIsNotThisClassifiersBusiness() {
		Throwable failure = catchThrowable(() -> insert(null));
		assertThat(this.classifier.classify(failure)).isNull();
	}

	private void insert(String day) {
		this.jdbc.sql("INSERT INTO daily_turnover (sold_on, orders, turnover_cents, as_of) VALUES (:day, 1, 1, 1)")
			.param("day", day)
			.update();
	}

}

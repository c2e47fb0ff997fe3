package io.dbop.dialect;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Points in time as texts. */
class SqliteTextTests {

	@ParameterizedTest
	@CsvSource({ "2026-11-22T03:04:05.006007008, 2026-11-22 03:04:05.006", "2026-11-22T13:14, 2026-11-22 13:14:00.000",
			"1969-12-31T23:59:59.999999999, 1969-12-31 23:59:59.999", "0001-01-01T00:00, 0001-01-01 00:00:00.000",
			"0000-02-29T00:00:00.1, 0000-02-29 00:00:00.100", "-0044-03-15T12:00, -0044-03-15 12:00:00.000",
			"+12345-01-02T03:04:05, +12345-01-02 03:04:05.000" })
	void whenWrittenThenItHasThreeDigitsOfASecondAndEveryYear(LocalDateTime value, String text) {
		assertThat(SqliteText.of(value)).isEqualTo(text);
		assertThat(
				SqliteText.of(Instant.parse(value + (value.getSecond() == 0 && value.getNano() == 0 ? ":00Z" : "Z"))))
			.isEqualTo(text);
	}

	@Test
	void whenItHasAnOffsetThenItIsWrittenInUtc() {
		assertThat(SqliteText.of(OffsetDateTime.parse("2026-01-01T00:30:00.5+03:30")))
			.isEqualTo("2025-12-31 21:00:00.500");
	}

}

package io.dbop.dialect;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

	@ParameterizedTest
	@CsvSource({ "2026-11-22 03:04:05.006, 2026-11-22T03:04:05.006", "2026-11-22 03:04:05, 2026-11-22T03:04:05",
			"2026-11-22T03:04:05.006007008, 2026-11-22T03:04:05.006007008", "2026-11-22 03:04, 2026-11-22T03:04",
			"0001-01-01 00:00:00.000, 0001-01-01T00:00", "-0044-03-15 12:00:00.000, -0044-03-15T12:00",
			"+12345-01-02 03:04:05.100, +12345-01-02T03:04:05.1" })
	void whenItIsReadThenInAnyFormOfIso(String text, LocalDateTime value) {
		assertThat(SqliteText.dateTime(text)).isEqualTo(value);
		assertThat(SqliteText.instant(text)).isEqualTo(value.toInstant(ZoneOffset.UTC));
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-22 03:04:05.006Z", "2026-11-22T04:04:05.006+01:00", "2026-11-22 05:04:05.006+02" })
	void whenItIsReadWithAnOffsetThenThatCounts(String text) {
		assertThat(SqliteText.instant(text)).isEqualTo("2026-11-22T03:04:05.006Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-02-30 03:04:05.006", "2026-11-22 24:04:05.006", "2026-11-22 03:04:05.00x",
			"2026-11-22_03:04:05.006", "\u0662026-11-22 03:04:05.06", "" })
	void whenThereIsNoSuchTimeThenThatIsSaid(String text) {
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> SqliteText.instant(text));
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> SqliteText.dateTime(text));
	}

	@Test
	void whenItHasAnOffsetThenItIsWrittenInUtc() {
		assertThat(SqliteText.of(OffsetDateTime.parse("2026-01-01T00:30:00.5+03:30")))
			.isEqualTo("2025-12-31 21:00:00.500");
	}

}

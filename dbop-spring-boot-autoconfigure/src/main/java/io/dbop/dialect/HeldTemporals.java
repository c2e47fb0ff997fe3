package io.dbop.dialect;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Dates and times as a database holds them: so many digits of a second, earlier rather
 * than later, in the years that all of them know.
 *
 * @param digits the digits of a second
 */
record HeldTemporals(int digits) {

	private static final LocalDate FIRST = LocalDate.of(1, 1, 1);

	private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

	static LocalDate date(LocalDate date) {
		if (date.isBefore(FIRST)) {
			return FIRST;
		}
		return date.isAfter(LAST) ? LAST : date;
	}

	LocalTime time(LocalTime time) {
		int unit = 1;
		for (int i = this.digits; i < 9; i++) {
			unit *= 10;
		}
		return time.withNano(time.getNano() - time.getNano() % unit);
	}

	LocalDateTime dateTime(LocalDateTime dateTime) {
		if (dateTime.toLocalDate().isBefore(FIRST)) {
			return FIRST.atStartOfDay();
		}
		return dateTime.toLocalDate().isAfter(LAST) ? LAST.atTime(time(LocalTime.MAX))
				: dateTime.with(time(dateTime.toLocalTime()));
	}

	Instant instant(Instant instant) {
		Instant first = FIRST.atStartOfDay().toInstant(ZoneOffset.UTC);
		Instant last = LAST.atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC);
		Instant within = instant.isBefore(first) ? first : (instant.isAfter(last) ? last : instant);
		return dateTime(LocalDateTime.ofInstant(within, ZoneOffset.UTC)).toInstant(ZoneOffset.UTC);
	}

}

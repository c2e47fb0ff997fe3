package io.dbop.dialect;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
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

	private static final Instant FIRST_INSTANT = FIRST.atStartOfDay().toInstant(ZoneOffset.UTC);

	private static final Instant LAST_INSTANT = LAST.atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC);

	static LocalDate date(LocalDate date) {
		if (date.isBefore(FIRST)) {
			return FIRST;
		}
		return date.isAfter(LAST) ? LAST : date;
	}

	LocalTime time(LocalTime time) {
		return time.withNano(nano(time.getNano()));
	}

	private int nano(int nano) {
		int unit = 1;
		for (int i = this.digits; i < 9; i++) {
			unit *= 10;
		}
		return nano - nano % unit;
	}

	LocalDateTime dateTime(LocalDateTime dateTime) {
		if (dateTime.toLocalDate().isBefore(FIRST)) {
			return FIRST.atStartOfDay();
		}
		return dateTime.toLocalDate().isAfter(LAST) ? LAST.atTime(time(LocalTime.MAX))
				: dateTime.with(time(dateTime.toLocalTime()));
	}

	Instant instant(Instant instant) {
		Instant within = instant.isBefore(FIRST_INSTANT) ? FIRST_INSTANT
				: (instant.isAfter(LAST_INSTANT) ? LAST_INSTANT : instant);
		int nano = nano(within.getNano());
		return (nano == within.getNano()) ? within : Instant.ofEpochSecond(within.getEpochSecond(), nano);
	}

	/** Without the rules of a zone, which would be made for each. */
	static OffsetDateTime inUtc(Instant instant) {
		return OffsetDateTime.of(
				LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC),
				ZoneOffset.UTC);
	}

}

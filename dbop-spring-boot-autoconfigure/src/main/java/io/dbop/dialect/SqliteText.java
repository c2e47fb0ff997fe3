package io.dbop.dialect;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Values that SQLite has no type for, as texts: points in time in UTC, in a form that
 * sorts and that SQLite's own functions and its driver read: the driver reads more than
 * three digits of a second as so many milliseconds.
 */
final class SqliteText {

	private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
		.appendPattern("uuuu-MM-dd HH:mm:ss")
		.appendFraction(ChronoField.NANO_OF_SECOND, 3, 3, true)
		.toFormatter(Locale.ROOT);

	private SqliteText() {
	}

	static String of(Object value) {
		if (value instanceof LocalDateTime dateTime) {
			return DATE_TIME.format(dateTime);
		}
		if (value instanceof OffsetDateTime dateTime) {
			return utc(dateTime.toInstant());
		}
		if (value instanceof ZonedDateTime dateTime) {
			return utc(dateTime.toInstant());
		}
		return (value instanceof Instant instant) ? utc(instant) : value.toString();
	}

	/** What this class writes, and the ISO forms. */
	static LocalDateTime dateTime(String text) {
		return LocalDateTime.parse(text.replace(' ', 'T'));
	}

	/** The same, in UTC or with an offset behind it. */
	static Instant instant(String text) {
		String iso = text.replace(' ', 'T');
		return OffsetDateTime.parse(iso.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)") ? iso : iso + "Z").toInstant();
	}

	private static String utc(Instant instant) {
		return DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
	}

}

package io.dbop.dialect;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;

/**
 * Values that SQLite has no type for, as texts: points in time in UTC, in a form that
 * sorts and that SQLite's own functions and its driver read: the driver reads more than
 * three digits of a second as so many milliseconds.
 */
final class SqliteText {

	private static final int DIGITS = 3;

	private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d\\d(:?\\d\\d)?)$");

	private SqliteText() {
	}

	static String of(Object value) {
		if (value instanceof LocalDateTime dateTime) {
			return DateTimeText.of(dateTime, DIGITS);
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
		LocalDateTime own = DateTimeText.parse(text, DIGITS);
		return (own != null) ? own : LocalDateTime.parse(text.replace(' ', 'T'));
	}

	/** The same, in UTC or with an offset behind it. */
	static Instant instant(String text) {
		LocalDateTime own = DateTimeText.parse(text, DIGITS);
		if (own != null) {
			return own.toInstant(ZoneOffset.UTC);
		}
		String iso = text.replace(' ', 'T');
		return OffsetDateTime.parse(OFFSET.matcher(iso).find() ? iso : iso + "Z").toInstant();
	}

	private static String utc(Instant instant) {
		return DateTimeText.of(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), DIGITS);
	}

}

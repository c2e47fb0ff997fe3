package io.dbop.dialect;

import java.time.LocalDateTime;

/**
 * Dates with times as SQL writes them. Digit by digit: a formatter, or a driver that
 * looks for one, takes longer than some databases do for the row.
 */
final class DateTimeText {

	private static final int NANO_DIGITS = 9;

	private DateTimeText() {
	}

	/**
	 * Writes one.
	 * @param value the date and time
	 * @param digits how many digits of a second, cut off and not rounded
	 */
	static String of(LocalDateTime value, int digits) {
		StringBuilder text = new StringBuilder(32).append(value.toLocalDate());
		append(text.append(' '), value.getHour(), 2);
		append(text.append(':'), value.getMinute(), 2);
		append(text.append(':'), value.getSecond(), 2);
		append(text.append('.'), value.getNano(), NANO_DIGITS);
		text.setLength(text.length() - NANO_DIGITS + digits);
		return text.toString();
	}

	private static void append(StringBuilder text, int number, int digits) {
		int end = text.length() + digits;
		text.setLength(end);
		int rest = number;
		for (int i = end - 1; i >= end - digits; i--) {
			text.setCharAt(i, (char) ('0' + rest % 10));
			rest /= 10;
		}
	}

}

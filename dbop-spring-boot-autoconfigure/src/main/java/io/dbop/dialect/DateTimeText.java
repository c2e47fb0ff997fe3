package io.dbop.dialect;

import java.time.DateTimeException;
import java.time.LocalDateTime;

import org.jspecify.annotations.Nullable;

/**
 * Dates with times as SQL writes them. Digit by digit: a formatter, or a driver that
 * looks for one, takes longer than some databases do for the row.
 */
final class DateTimeText {

	private static final int NANO_DIGITS = 9;

	private static final String FORM = "0000-00-00 00:00:00.";

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

	/**
	 * Reads one.
	 * @param text the text
	 * @param digits how many digits of a second it has
	 * @return the date and time, or {@code null} if it is not written so
	 * @throws DateTimeException if there is no such day or time
	 */
	static @Nullable LocalDateTime parse(String text, int digits) {
		if (text.length() != FORM.length() + digits) {
			return null;
		}
		for (int i = 0; i < text.length(); i++) {
			char expected = (i < FORM.length()) ? FORM.charAt(i) : '0';
			char each = text.charAt(i);
			if ((expected == '0') ? each < '0' || each > '9' : each != expected) {
				return null;
			}
		}
		int nano = number(text, FORM.length(), text.length());
		for (int i = digits; i < NANO_DIGITS; i++) {
			nano *= 10;
		}
		return LocalDateTime.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), number(text, 11, 13),
				number(text, 14, 16), number(text, 17, 19), nano);
	}

	private static int number(String text, int from, int to) {
		return Integer.parseInt(text, from, to, 10);
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

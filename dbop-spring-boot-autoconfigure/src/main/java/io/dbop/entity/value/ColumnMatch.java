package io.dbop.entity.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Whether a column still holds what was written with an exact value: somebody else may
 * have changed it since, and then it is the column that counts.
 */
final class ColumnMatch {

	/** Of numbers that a database has made doubles. */
	private static final double TOLERANCE = 1e-14;

	private static final int LONGEST_EXACT = 64;

	private ColumnMatch() {
	}

	static boolean same(@Nullable Object written, @Nullable Object column) {
		if (written instanceof Number number && column instanceof Number other) {
			return sameNumber(number, other);
		}
		return Objects.deepEquals(written, column);
	}

	/** Of a column that has become wider since, from double to decimal. */
	private static boolean sameNumber(Number number, Number other) {
		boolean decimals = number instanceof BigDecimal;
		if ((number.getClass() == other.getClass() && !decimals) || isSpecial(number) || isSpecial(other)) {
			return number.equals(other);
		}
		return new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) == 0;
	}

	/** Whether it is none that can be written with digits. */
	private static boolean isSpecial(Number number) {
		return !Double.isFinite(number.doubleValue()) && !(number instanceof BigDecimal)
				&& !(number instanceof BigInteger);
	}

	/**
	 * Of a column that has become one of texts since: databases write numbers and times
	 * with more or fewer zeros, and with signs of their own between the digits.
	 */
	static boolean sameText(@Nullable Object written, String column) {
		if (written instanceof Number number) {
			try {
				return new BigDecimal(column).compareTo(new BigDecimal(number.toString())) == 0;
			}
			catch (NumberFormatException ex) {
				return false;
			}
		}
		return written instanceof Temporal && digits(column).equals(digits(written.toString()));
	}

	private static String digits(String text) {
		return text.replaceAll("\\D", "").replaceAll("0+$", "");
	}

	/** Databases change the order of members, and the digits of numbers. */
	static boolean sameJson(String written, @Nullable Object column) {
		return column instanceof String text
				&& (written.equals(text) || sameTree(JsonText.read(written), JsonText.read(text)));
	}

	private static boolean sameTree(@Nullable Object one, @Nullable Object other) {
		if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others) {
			return map.keySet().equals(others.keySet())
					&& map.keySet().stream().allMatch((key) -> sameTree(map.get(key), others.get(key)));
		}
		if (one instanceof List<?> list && other instanceof List<?> others) {
			return sameList(list, others);
		}
		if (one instanceof Number number && other instanceof Number another) {
			return whole(number) && whole(another) ? integer(number).equals(integer(another))
					: near(number.doubleValue(), another.doubleValue());
		}
		return Objects.equals(one, other);
	}

	private static boolean sameList(List<?> list, List<?> others) {
		if (list.size() != others.size()) {
			return false;
		}
		for (int i = 0; i < list.size(); i++) {
			if (!sameTree(list.get(i), others.get(i))) {
				return false;
			}
		}
		return true;
	}

	/** Whether all databases keep it as it is. */
	private static boolean whole(Number number) {
		return number instanceof Integer || number instanceof Long
				|| (number instanceof BigInteger integer && integer.bitLength() <= LONGEST_EXACT);
	}

	private static BigInteger integer(Number number) {
		return (number instanceof BigInteger integer) ? integer : BigInteger.valueOf(number.longValue());
	}

	private static boolean near(double one, double other) {
		return one == other
				|| Math.abs(one - other) <= Math.max(Math.abs(one), Math.abs(other)) * TOLERANCE + Double.MIN_NORMAL;
	}

}

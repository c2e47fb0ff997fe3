package io.dbop.dialect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

/**
 * Decimals as a database holds them: so many digits before the point and behind it.
 *
 * @param integerDigits the digits before the point
 * @param fractionDigits the digits behind it
 */
record HeldDecimals(int integerDigits, int fractionDigits) {

	private static final int ZEROS = 14;

	private static final BigInteger MANY = BigInteger.TEN.pow(ZEROS);

	/**
	 * The number down to the last digit that is kept, or {@code null} if it is too big.
	 */
	@Nullable BigDecimal of(BigDecimal number) {
		int scale = Math.max(0, Math.min(number.scale(), this.fractionDigits));
		if (number.signum() == 0) {
			return number.setScale(scale);
		}
		if ((long) number.precision() - number.scale() > this.integerDigits) {
			return null;
		}
		if ((long) number.scale() - number.precision() >= this.fractionDigits) {
			// Nothing of it is left: not worth a division by that power of ten.
			return BigDecimal.valueOf((number.signum() < 0) ? -1 : 0, this.fractionDigits);
		}
		return number.setScale(scale, RoundingMode.FLOOR);
	}

	/** The same where the database forgets the scale. */
	@Nullable BigDecimal stripped(BigDecimal number) {
		BigDecimal held = of(number);
		return (held != null) ? strip(held) : null;
	}

	/** The number without zeros at its end, and no exponent. */
	static BigDecimal strip(BigDecimal number) {
		BigDecimal rest = number;
		// Columns give all their digits, and each zero by itself would be a division.
		while (rest.scale() >= ZEROS && rest.precision() > ZEROS) {
			BigInteger[] parts = rest.unscaledValue().divideAndRemainder(MANY);
			if (parts[1].signum() != 0) {
				break;
			}
			rest = new BigDecimal(parts[0], rest.scale() - ZEROS);
		}
		BigDecimal stripped = rest.stripTrailingZeros();
		return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
	}

}

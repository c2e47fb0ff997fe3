package io.dbop.entity;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import io.dbop.dialect.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row as the database gave them, which can be written as a text and read
 * from it. What is made of them is the same as of the row itself. Immutable, but for the
 * bytes among them.
 */
final class HeldRow implements RowSource {

	private static final char NULL = '-';

	private static final char END = ':';

	private final List<ColumnType> types;

	private final @Nullable Object[] values;

	private HeldRow(List<ColumnType> types, @Nullable Object[] values) {
		this.types = types;
		this.values = values;
	}

	static HeldRow of(EntitySchema schema, RowSource row) throws SQLException {
		List<ColumnType> types = schema.columnTypes();
		@Nullable Object[] values = new Object[types.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = row.get(i + 1, types.get(i));
		}
		return new HeldRow(types, values);
	}

	@Override
	public @Nullable Object get(int index, ColumnType type) {
		return this.values[index - 1];
	}

	/** Each value with its length before it. */
	String text() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < this.values.length; i++) {
			Object value = this.values[i];
			if (value == null) {
				text.append(NULL);
			}
			else {
				String written = (this.types.get(i) == ColumnType.BYTES)
						? Base64.getEncoder().encodeToString((byte[]) value) : value.toString();
				text.append(written.length()).append(END).append(written);
			}
		}
		return text.toString();
	}

	/** The row of a text that somebody has written who knew the same columns. */
	static HeldRow parse(EntitySchema schema, String text) {
		List<ColumnType> types = schema.columnTypes();
		@Nullable Object[] values = new Object[types.size()];
		int at = 0;
		for (int i = 0; i < values.length; i++) {
			if (text.charAt(at) == NULL) {
				at++;
			}
			else {
				int start = text.indexOf(END, at) + 1;
				at = start + Integer.parseInt(text, at, start - 1, 10);
				values[i] = value(types.get(i), text.substring(start, at));
			}
		}
		return new HeldRow(types, values);
	}

	private static Object value(ColumnType type, String written) {
		return switch (type) {
			case KEY, TEXT, JSON -> written;
			case BOOLEAN -> Boolean.valueOf(written);
			case INTEGER -> Integer.valueOf(written);
			case BIGINT -> Long.valueOf(written);
			case NUMERIC -> number(written);
			case DOUBLE -> Double.valueOf(written);
			case BYTES -> Base64.getDecoder().decode(written);
			case UUID -> UUID.fromString(written);
			case DATE -> LocalDate.parse(written);
			case TIME -> LocalTime.parse(written);
			case DATETIME -> LocalDateTime.parse(written);
			case INSTANT -> Instant.parse(written);
		};
	}

	/** There may be a double among decimals that is none of them. */
	private static Number number(String written) {
		boolean special = written.endsWith("NaN") || written.endsWith("Infinity");
		return special ? (Number) Double.valueOf(written) : (Number) new BigDecimal(written);
	}

}

package io.dbop.entity.cache;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows as the texts that a cache keeps: whoever finds one gets a row of its own,
 * and any cache can hold it, with any serializer.
 *
 * @param <T> the rows
 */
public interface RowCodec<T> {

	/**
	 * The text of a row.
	 * @param row the row
	 * @return the text, {@code null} if it is not to be kept
	 */
	@Nullable String encode(T row);

	/**
	 * The row of a text.
	 * @param text the text
	 * @return the row, {@code null} if it was written by somebody who knew other columns
	 */
	@Nullable T decode(String text);

}

package io.dbop.sql;

import org.jspecify.annotations.Nullable;

/**
 * The text that a translation writes: the source itself until something in it changes.
 */
final class Output {

	private final String source;

	private @Nullable StringBuilder written;

	private int copied;

	Output(String source) {
		this.source = source;
	}

	/** Replaces a part of the source and gives the offset of what replaces it. */
	int replace(int start, int end, String replacement) {
		StringBuilder builder = this.written;
		if (builder == null) {
			builder = new StringBuilder(this.source.length() + 32);
			this.written = builder;
		}
		builder.append(this.source, this.copied, start);
		int offset = builder.length();
		builder.append(replacement);
		this.copied = end;
		return offset;
	}

	/** Where a part of the source comes to stand if it stays. */
	int offsetOf(int start) {
		return (this.written == null) ? start : this.written.length() + start - this.copied;
	}

	/** Whether what was written last touches this part of the source, and ends so. */
	boolean endsWith(int start, char c) {
		StringBuilder builder = this.written;
		return builder != null && this.copied == start && !builder.isEmpty()
				&& builder.charAt(builder.length() - 1) == c;
	}

	String text() {
		StringBuilder builder = this.written;
		return (builder == null) ? this.source
				: builder.append(this.source, this.copied, this.source.length()).toString();
	}

}

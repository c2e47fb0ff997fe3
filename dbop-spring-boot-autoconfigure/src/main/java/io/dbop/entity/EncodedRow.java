package io.dbop.entity;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A save whose values are such as their columns hold them.
 *
 * @param change the save
 * @param layout the fields that are saved
 * @param values their values, held, in the order of the fields
 * @param exact the exact values of those that are held only nearly, or {@code null}
 */
record EncodedRow(Change change, Layout layout, List<@Nullable Object> values, @Nullable String exact) {

	Shape shape() {
		return this.layout.shape();
	}

	String id() {
		return this.change.id();
	}

	/** About as many characters and bytes as it has. */
	long size() {
		long size = (this.exact != null) ? this.exact.length() : 0;
		for (Object value : this.values) {
			size += (value instanceof String text) ? text.length()
					: (value instanceof byte[] bytes) ? bytes.length : Long.BYTES;
		}
		return size;
	}

}

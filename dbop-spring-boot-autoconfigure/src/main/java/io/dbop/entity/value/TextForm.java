package io.dbop.entity.value;

import java.util.Base64;

import org.jspecify.annotations.Nullable;

/** Simple values as texts. */
final class TextForm {

	private TextForm() {
	}

	static String of(@Nullable Object value) {
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof byte[] bytes) {
			return Base64.getEncoder().encodeToString(bytes);
		}
		return String.valueOf(value);
	}

}

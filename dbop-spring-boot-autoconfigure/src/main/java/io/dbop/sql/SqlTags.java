package io.dbop.sql;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tags of a statement as a leading comment in the format of sqlcommenter, by which the
 * database's own logs and views show where a statement comes from.
 */
public final class SqlTags {

	private static final int MAX_TAGS = 32;

	private static final int MAX_KEY = 64;

	private static final int MAX_VALUE = 256;

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private SqlTags() {
	}

	/**
	 * Writes the comment: keys in alphabetical order, keys and values URL-encoded down to
	 * letters, digits and {@code - _ . ~}, so that nothing in them is anything to the
	 * database, its driver or dbop. A value is cut at 256 characters.
	 * @param tags keys and values
	 * @return the comment with a blank behind it, or nothing if there are no tags
	 * @throws IllegalArgumentException if there are more than 32 tags, or a key is empty
	 * or longer than 64 characters
	 */
	public static String comment(Map<String, String> tags) {
		if (tags.isEmpty()) {
			return "";
		}
		if (tags.size() > MAX_TAGS) {
			throw new IllegalArgumentException(
					"A statement has %d tags; no more than %d are possible".formatted(tags.size(), MAX_TAGS));
		}
		StringBuilder comment = new StringBuilder("/*");
		new TreeMap<>(tags).forEach((key, value) -> {
			requireKey(key);
			comment.append((comment.length() > 2) ? "," : "");
			encode(key, comment);
			comment.append("='");
			encode(cut(value), comment);
			comment.append('\'');
		});
		return comment.append("*/ ").toString();
	}

	private static void requireKey(String key) {
		if (key.isEmpty() || key.length() > MAX_KEY) {
			throw new IllegalArgumentException(
					"A tag's key has %d characters; 1 to %d are possible".formatted(key.length(), MAX_KEY));
		}
	}

	private static String cut(String value) {
		if (value.length() <= MAX_VALUE) {
			return value;
		}
		return value.substring(0, Character.isHighSurrogate(value.charAt(MAX_VALUE - 1)) ? MAX_VALUE - 1 : MAX_VALUE);
	}

	private static void encode(String text, StringBuilder into) {
		for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
			if (isPlain(b)) {
				into.append((char) b);
			}
			else {
				into.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
			}
		}
	}

	private static boolean isPlain(byte b) {
		return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-' || b == '_'
				|| b == '.' || b == '~';
	}

}

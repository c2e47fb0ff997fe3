package io.dbop.autoconfigure;

import java.util.regex.Pattern;

/**
 * Values of properties as they may be shown.
 */
final class SecretFree {

	private static final String HIDDEN = "******";

	private static final Pattern SECRET = Pattern.compile(
			".*(passwo?r?d|passwd|pwd|secret|token|passphrase|credential|private-?key|\\.hikari\\.).*",
			Pattern.CASE_INSENSITIVE);

	/** Everything from here on may hold a secret. */
	private static final Pattern PARAMETERS = Pattern.compile("[?;].*", Pattern.DOTALL);

	private static final Pattern USER = Pattern.compile("[^/@:]*(:[^/@]*)?@");

	private SecretFree() {
	}

	static String value(String property, Object value) {
		String shown = String.valueOf(value);
		if (SECRET.matcher(property).matches()) {
			return HIDDEN;
		}
		return shown.contains("://") || shown.startsWith("jdbc:") ? url(shown) : shown;
	}

	private static String url(String url) {
		String shown = PARAMETERS.matcher(url).replaceAll("");
		return USER.matcher(shown).replaceAll(HIDDEN + "@");
	}

}

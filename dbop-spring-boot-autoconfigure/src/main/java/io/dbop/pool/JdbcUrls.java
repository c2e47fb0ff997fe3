package io.dbop.pool;

import java.util.regex.Pattern;

/**
 * JDBC URLs as they may be shown.
 */
final class JdbcUrls {

	private static final Pattern PARAMETER = Pattern.compile(
			"([?&;,(](?:[^=&;?,()]*(?:password|passwd|pwd|secret|token|passphrase)[^=&;?,()]*)=)[^&;,)]*",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern AUTHORITY = Pattern.compile("(//|[@,(])([^/?:@,()]*):([^/?@,]*)@");

	private static final Pattern ORACLE = Pattern.compile("(:[^/:@]+/)[^@/]*@");

	private static final Pattern SECRET = Pattern.compile("password|passwd|pwd|secret|token|passphrase",
			Pattern.CASE_INSENSITIVE);

	private JdbcUrls() {
	}

	/**
	 * Whether a setting of this name holds something that must not be shown.
	 */
	static boolean isSecret(String name) {
		return SECRET.matcher(name).find();
	}

	static String withoutSecrets(String url) {
		String shown = PARAMETER.matcher(url).replaceAll("$1***");
		shown = AUTHORITY.matcher(shown).replaceAll("$1$2:***@");
		return ORACLE.matcher(shown).replaceAll("$1***@");
	}

}

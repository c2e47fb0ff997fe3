package io.dbop.pool;

import java.util.List;
import java.util.regex.Pattern;

import io.dbop.dialect.DatabaseLocation;
import io.dbop.dialect.Dialect;

/**
 * JDBC URLs: as they are built, and as they may be shown.
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
	 * The URL of a database, as configured or built from its parts.
	 */
	static String of(DatabaseConfig config, Dialect dialect) {
		if (config.url() != null) {
			return config.url();
		}
		String database = (config.database() != null) ? config.database() : "";
		List<String> hosts = config.hosts().isEmpty() ? List.of(config.host()) : config.hosts();
		return dialect.url(new DatabaseLocation(hosts, config.port(), database));
	}

	/**
	 * Whether a URL sets a parameter of its driver.
	 */
	static boolean hasParameter(String url, String name) {
		return Pattern.compile("[?&;]" + Pattern.quote(name) + "=", Pattern.CASE_INSENSITIVE).matcher(url).find();
	}

	/**
	 * Whether a user and a password stand before the host.
	 */
	static boolean hasUserBeforeHost(String url) {
		return AUTHORITY.matcher(url).find();
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

package io.dbop.pool;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dbop.dialect.DatabaseLocation;
import io.dbop.dialect.Dialect;

/**
 * JDBC URLs: as they are built, and as they may be shown.
 */
final class JdbcUrls {

	private static final String SECRETS = "password|passwd|pwd|secret|token|passphrase";

	/** A value ends where its driver says so, and may hold what ends one elsewhere. */
	private static final List<Pattern> PARAMETERS = List.of(parameter("?&", "&"), parameter(";", ";"),
			parameter(",(", ",)"));

	private static final Pattern AUTHORITY = Pattern.compile("(//|[@,(])([^/?:@,()]*):([^/?@,]*)@");

	/** A password that should have been encoded, and what is left of one. */
	private static final Pattern PLAIN_AUTHORITY = Pattern.compile("(//[^/?:@]*):[^?]*@");

	private static final Pattern REST = Pattern.compile(":\\*\\*\\*@[^/?,@]*@");

	private static final Pattern ORACLE = Pattern.compile("(:[^/:@]+/)[^@/]*@");

	private static final Pattern SECRET = Pattern.compile(SECRETS, Pattern.CASE_INSENSITIVE);

	private JdbcUrls() {
	}

	/**
	 * The URL of a database, as configured or built from its parts.
	 */
	static String of(DatabaseConfig config, Dialect dialect) {
		if (config.url() != null) {
			return config.url();
		}
		return of(config, dialect, config.hosts().isEmpty() ? List.of(config.host()) : config.hosts());
	}

	/**
	 * The URLs that are tried in turn: one for each host, if there are several and the
	 * driver does not find the one among them that takes writes.
	 */
	static List<String> candidates(DatabaseConfig config, Dialect dialect) {
		boolean apart = config.url() == null && config.hosts().size() > 1 && dialect.readOnlyServerSql() != null;
		return apart ? config.hosts().stream().map((host) -> of(config, dialect, List.of(host))).toList()
				: List.of(of(config, dialect));
	}

	private static String of(DatabaseConfig config, Dialect dialect, List<String> hosts) {
		String database = (config.database() != null) ? config.database() : "";
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

	private static Pattern parameter(String before, String end) {
		String name = "[^=&;?,()]*";
		return Pattern.compile("([" + before + "]" + name + "(?:" + SECRETS + ")" + name + "=)[^" + end + "]*",
				Pattern.CASE_INSENSITIVE);
	}

	/**
	 * What may be shown of a URL, or of a text in which there is one.
	 */
	static String withoutSecrets(String url) {
		String shown = url;
		for (Pattern each : PARAMETERS) {
			shown = each.matcher(shown).replaceAll("$1***");
		}
		Matcher authority = AUTHORITY.matcher(shown);
		shown = authority.find() ? REST.matcher(authority.replaceAll("$1$2:***@")).replaceAll(":***@")
				: PLAIN_AUTHORITY.matcher(shown).replaceAll("$1:***@");
		return ORACLE.matcher(shown).replaceAll("$1***@");
	}

}

package io.dbop.pool;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Refuses values of a {@link DatabaseConfig} that cannot work.
 */
final class ConfigCheck {

	private static final Set<String> ENVIRONMENTS = Set.of("prod", "dev", "test", "staging");

	private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

	private static final int MAX_PORT = 65535;

	private final String alias;

	ConfigCheck(String alias) {
		this.alias = alias;
	}

	void alias() {
		require(ALIAS.matcher(this.alias).matches(), "alias", this.alias,
				"must consist of letters, digits, '-', '_' and '.', the first a letter or digit");
	}

	void port(String property, @Nullable Integer port) {
		require(port == null || (port > 0 && port <= MAX_PORT), property, port, "must be between 1 and 65535");
	}

	void hosts(List<String> hosts) {
		for (String host : hosts) {
			require(!host.isBlank(), "hosts", host, "must be 'host' or 'host:port'");
		}
	}

	void env(@Nullable String env) {
		require(env == null || ENVIRONMENTS.contains(env), "env", env, "must be one of prod, dev, test, staging");
	}

	void url(@Nullable String url) {
		require(url == null || url.startsWith("jdbc:"), "url", (url != null) ? JdbcUrls.withoutSecrets(url) : null,
				"must be a JDBC URL, as 'jdbc:postgresql://localhost/shop'");
	}

	void described(@Nullable String url, @Nullable String type) {
		require(url != null || type != null, "url", null,
				"set it, or set 'type' (postgresql, mysql, mariadb, sqlite) with 'host', 'port' and 'database'");
	}

	void positive(String property, Duration duration) {
		require(duration.toMillis() > 0, property, duration.toMillis() + "ms", "must be at least 1 ms");
	}

	void size(@Nullable Integer min, @Nullable Integer max) {
		require(min == null || min >= 0, "pool.min", min, "must not be negative");
		require(max == null || max >= 1, "pool.max", max, "must be at least 1");
		require(min == null || max == null || min <= max, "pool.min", min, "must not be more than pool.max");
	}

	private void require(boolean fine, String property, @Nullable Object value, String allowed) {
		if (!fine) {
			throw new InvalidDatabaseConfigException(this.alias, property, value, allowed);
		}
	}

}

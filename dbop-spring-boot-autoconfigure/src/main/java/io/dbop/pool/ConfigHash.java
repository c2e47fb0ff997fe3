package io.dbop.pool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Computes {@link DatabaseConfig#hash()}.
 */
final class ConfigHash {

	private static final int DIGITS = 16;

	private final StringBuilder text = new StringBuilder();

	private ConfigHash() {
	}

	static String of(DatabaseConfig config) {
		ConfigHash hash = new ConfigHash();
		hash.add("type", config.type());
		hash.add("url", (config.url() != null) ? JdbcUrls.withoutSecrets(config.url()) : null);
		hash.add("host", config.host());
		hash.add("port", config.port());
		hash.add("hosts", config.hosts());
		hash.add("database", config.database());
		hash.add("username", config.username());
		hash.add("driver", config.driverClassName());
		hash.add("acquisition", config.connectionAcquisitionTimeout().toMillis());
		hash.add("creation", config.poolCreationTimeout().toMillis());
		hash.add("query", config.queryExecutionTimeout().toMillis());
		if (config.lockTimeout() != null) {
			hash.add("lock", config.lockTimeout().toMillis());
		}
		hash.add("connect", config.connectionCreationTimeout().toMillis());
		hash.add("min", config.poolMin());
		hash.add("max", config.poolMax());
		hash.add("startup", config.startup());
		hash.addAll(config.hikari());
		return hash.digest();
	}

	private void addAll(Map<String, String> hikari) {
		Map<String, String> sorted = new TreeMap<>(hikari);
		sorted.keySet().removeIf(JdbcUrls::isSecret);
		sorted.forEach((name, value) -> add("hikari." + name, value));
	}

	/** Length first, so that no two configurations write the same text. */
	private void add(String name, @Nullable Object value) {
		String written = String.valueOf(value);
		this.text.append(name).append('=').append(written.length()).append(':').append(written).append('\n');
	}

	private String digest() {
		try {
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			byte[] digest = sha256.digest(this.text.toString().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest).substring(0, DIGITS);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}

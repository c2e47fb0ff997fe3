package io.dbop.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.dbop.pool.ConnectionPool;
import io.dbop.pool.DatabaseConfig;
import org.jspecify.annotations.Nullable;

/** How a database is configured, as far as anybody may see it. */
final class ConfigurationDescriptor {

	private ConfigurationDescriptor() {
	}

	static Map<String, @Nullable Object> of(ConnectionPool pool, boolean created) {
		Map<String, @Nullable Object> shown = new LinkedHashMap<>();
		shown.put("dialect", pool.knownDialect().name());
		DatabaseConfig config = pool.config();
		if (config == null) {
			shown.put("source", "a DataSource of the application");
			return shown;
		}
		shown.put("source", created ? "created at run time" : "dbop.databases." + pool.alias());
		shown.put("hash", config.hash());
		shown.put("location", pool.location());
		shown.put("username", config.username());
		shown.put("env", config.env());
		shown.put("startup", config.startup());
		shown.put("connectionAcquisitionTimeout", config.connectionAcquisitionTimeout());
		shown.put("poolCreationTimeout", config.poolCreationTimeout());
		shown.put("queryExecutionTimeout", config.queryExecutionTimeout());
		if (config.lockTimeout() != null) {
			shown.put("lockTimeout", config.lockTimeout());
		}
		shown.put("connectionCreationTimeout", config.connectionCreationTimeout());
		return shown;
	}

}

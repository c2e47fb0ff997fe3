package io.dbop.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicBoolean;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.pool.StartupMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ClassUtils;

/**
 * Loads what pools consist of while the application is still being put together: later
 * everything waits until they are open. Nothing is connected, and what goes wrong is left
 * to those who open them. Done once, and only where there is a processor to spare.
 */
final class PoolPreparation implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(PoolPreparation.class);

	private static final AtomicBoolean begun = new AtomicBoolean();

	private final Collection<DatabaseProperties> databases;

	private PoolPreparation(Collection<DatabaseProperties> databases) {
		this.databases = databases;
	}

	static void begin(Collection<DatabaseProperties> configured) {
		List<DatabaseProperties> databases = configured.stream()
			.filter((database) -> database.startup() != StartupMode.LAZY)
			.toList();
		if (!databases.isEmpty() && Runtime.getRuntime().availableProcessors() > 1
				&& begun.compareAndSet(false, true)) {
			Thread thread = new Thread(new PoolPreparation(databases), "dbop-prepare");
			thread.setDaemon(true);
			thread.start();
		}
	}

	@Override
	public void run() {
		try {
			// Those of the application are beans, and there are none yet.
			Dialects dialects = new Dialects(List.of());
			this.databases.stream()
				.map((database) -> driver(database, dialects))
				.filter(Objects::nonNull)
				.distinct()
				.forEach(PoolPreparation::load);
			ConnectionPoolFactory.prepare();
		}
		catch (RuntimeException | LinkageError | ServiceConfigurationError ex) {
			logger.debug("What pools consist of could not be loaded in advance", ex);
		}
	}

	private static @Nullable String driver(DatabaseProperties database, Dialects dialects) {
		if (database.driverClassName() != null) {
			return database.driverClassName();
		}
		Dialect known = (database.type() != null) ? dialects.findByName(database.type())
				: (database.url() != null) ? dialects.findByUrl(database.url()) : null;
		return (known != null) ? known.driverClassName() : null;
	}

	private static void load(String driver) {
		try {
			Class.forName(driver, true, ClassUtils.getDefaultClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			logger.debug("The driver {} could not be loaded in advance", driver, ex);
		}
	}

}

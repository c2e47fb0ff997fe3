package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import io.dbop.aop.EngineLookup;
import io.dbop.database.DuplicateDatabaseException;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * The engines of all databases: those with a DataSource bean, each made when it is first
 * asked for, so that beans are not created before their time, and those that are created
 * while the application runs. Thread-safe.
 */
class DatabaseEngines implements EngineLookup, DisposableBean {

	private final Map<String, DatabaseEngine> engines = new ConcurrentHashMap<>();

	private final ConfigurableListableBeanFactory beanFactory;

	private final DataSourceAdopter adopter;

	private final EngineFactory factory;

	private final CreatedDatabases created;

	private final EngineObservers observers;

	private final SingletonSupplier<DatabaseCatalog> catalog;

	DatabaseEngines(ConfigurableListableBeanFactory beanFactory, DbopProperties properties, DataSourceAdopter adopter,
			EngineFactory factory, CreatedDatabases created, EngineObservers observers) {
		this.beanFactory = beanFactory;
		this.adopter = adopter;
		this.factory = factory;
		this.created = created;
		this.observers = observers;
		this.catalog = SingletonSupplier.of(() -> new DatabaseCatalog(beanFactory, properties));
	}

	@Override
	public @Nullable DatabaseEngine find(String alias) {
		DatabaseEngine known = this.engines.get(alias);
		if (known != null) {
			return known;
		}
		String bean = catalog().bean(alias);
		if (bean == null) {
			return this.created.find(alias);
		}
		DatabaseEngine made = engine(alias, this.beanFactory.getBean(bean, DataSource.class));
		DatabaseEngine earlier = this.engines.putIfAbsent(alias, made);
		if (earlier == null) {
			this.observers.came(made);
		}
		return (earlier != null) ? earlier : made;
	}

	@Override
	public @Nullable DatabaseEngine findOpened(String alias) {
		String bean = catalog().bean(alias);
		if (bean == null) {
			return this.created.find(alias);
		}
		return this.beanFactory.containsSingleton(bean) ? find(alias) : null;
	}

	EngineObservers observers() {
		return this.observers;
	}

	/** Creates a database of which there is no bean. */
	DatabaseEngine create(DatabaseConfig config, CredentialsSource credentials) {
		if (catalog().bean(config.alias()) != null) {
			throw new DuplicateDatabaseException(config.alias(), "is defined by the application");
		}
		return this.created.create(config, credentials);
	}

	/** Removes one that was created. */
	boolean remove(String alias, Duration grace) {
		String bean = catalog().bean(alias);
		if (bean != null) {
			throw new IllegalArgumentException(
					("Database '%s' cannot be removed: it was not created at run time, but is"
							+ " defined by the application, as the bean '%s', which other beans hold")
						.formatted(alias, bean));
		}
		return this.created.remove(alias, grace);
	}

	@Override
	public boolean created(String alias) {
		return this.created.find(alias) != null;
	}

	@Override
	public void destroy() {
		this.created.close();
	}

	@Override
	public @Nullable DatabaseEngine primary() {
		String primary = catalog().primary();
		return (primary != null) ? find(primary) : null;
	}

	@Override
	public Collection<String> aliases() {
		List<String> aliases = new ArrayList<>(catalog().aliases());
		aliases.addAll(this.created.aliases());
		return aliases;
	}

	@Override
	public @Nullable String primaryAlias() {
		return catalog().primary();
	}

	private DatabaseCatalog catalog() {
		return this.catalog.obtain();
	}

	private DatabaseEngine engine(String alias, DataSource dataSource) {
		ConnectionPool pool = this.adopter.pool(dataSource, alias);
		if (!pool.alias().equals(alias) && catalog().bean(pool.alias()) != null) {
			// A wrapper around the DataSource of another alias is that database.
			DatabaseEngine inner = find(pool.alias());
			if (inner != null) {
				return inner;
			}
		}
		return this.factory.engine(alias, pool, dataSource);
	}

}

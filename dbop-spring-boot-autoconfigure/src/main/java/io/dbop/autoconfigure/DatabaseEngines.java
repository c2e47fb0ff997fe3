package io.dbop.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerSettings;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.DatabaseEngine.Extensions;
import io.dbop.execution.RetrySettings;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * The engines of all databases, each made when it is first asked for, so that DataSource
 * beans are not created before their time. Thread-safe.
 */
class DatabaseEngines implements EngineLookup {

	private final Map<String, DatabaseEngine> engines = new ConcurrentHashMap<>();

	private final ConfigurableListableBeanFactory beanFactory;

	private final DbopProperties properties;

	private final DataSourceAdopter adopter;

	private final AliasTransactionManagers transactionManagers;

	private final BreakerRegistry breakers;

	private final Supplier<Extensions> extensions;

	private final List<Consumer<DatabaseEngine>> observers = new CopyOnWriteArrayList<>();

	private final Set<DatabaseEngine> told = ConcurrentHashMap.newKeySet();

	private final SingletonSupplier<DatabaseCatalog> catalog;

	DatabaseEngines(ConfigurableListableBeanFactory beanFactory, DbopProperties properties, DataSourceAdopter adopter,
			AliasTransactionManagers transactionManagers, BreakerRegistry breakers, Supplier<Extensions> extensions) {
		this.beanFactory = beanFactory;
		this.properties = properties;
		this.adopter = adopter;
		this.transactionManagers = transactionManagers;
		this.breakers = breakers;
		this.extensions = SingletonSupplier.of(extensions);
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
			return null;
		}
		DatabaseEngine made = engine(alias, this.beanFactory.getBean(bean, DataSource.class));
		DatabaseEngine earlier = this.engines.putIfAbsent(alias, made);
		if (earlier == null && this.told.add(made)) {
			this.observers.forEach((observer) -> observer.accept(made));
		}
		return (earlier != null) ? earlier : made;
	}

	@Override
	public @Nullable DatabaseEngine findOpened(String alias) {
		String bean = catalog().bean(alias);
		return (bean != null && this.beanFactory.containsSingleton(bean)) ? find(alias) : null;
	}

	/**
	 * Tells of every engine, those there are and those to come.
	 * @param observer told once of each
	 */
	void onEngine(Consumer<DatabaseEngine> observer) {
		this.observers.add(observer);
		this.told.forEach(observer);
	}

	@Override
	public @Nullable DatabaseEngine primary() {
		String primary = catalog().primary();
		return (primary != null) ? find(primary) : null;
	}

	@Override
	public Collection<String> aliases() {
		return catalog().aliases();
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
		DatabaseProperties database = this.properties.database(alias);
		RetrySettings retry = ConfigMapping.retry(database);
		BreakerSettings breaker = this.properties.enabled() ? ConfigMapping.breaker(alias, database) : null;
		if (breaker != null) {
			this.breakers.define(alias, breaker, pool::probe);
		}
		return new DatabaseEngine(pool, () -> this.transactionManagers.managed(dataSource),
				() -> this.transactionManagers.find(dataSource),
				this.properties.enabled() ? retry : retry.withoutRetry(), (breaker != null) ? this.breakers : null,
				this.extensions.get());
	}

}

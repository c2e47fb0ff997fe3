package io.dbop.autoconfigure;

import java.lang.reflect.Proxy;
import java.time.Duration;

import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.entity.EntityMode;
import io.dbop.entity.EntityRepository;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.PoolHealth;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.util.ClassUtils;

/**
 * Makes the beans of repositories, and has the tables of their entities prepared: when
 * the bean is made, or, where the database cannot be reached or is created later, when it
 * is first used. Thread-safe.
 */
class EntityRepositories implements BeanClassLoaderAware {

	static final String BEAN_NAME = "dbopEntityRepositories";

	private static final Log logger = LogFactory.getLog(EntityRepositories.class);

	private static final Duration ANSWER = Duration.ofSeconds(5);

	private final DatabaseEngines engines;

	private final Databases databases;

	private final EntityFactory entities;

	private final DbopProperties properties;

	private @Nullable ClassLoader beanClassLoader;

	EntityRepositories(DatabaseEngines engines, Databases databases, EntityFactory entities,
			DbopProperties properties) {
		this.engines = engines;
		this.databases = databases;
		this.entities = entities;
		this.properties = properties;
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.beanClassLoader = classLoader;
	}

	/**
	 * The repository of an interface, which is given by its name: generated code cannot
	 * name one that is not public.
	 */
	Object get(String name) {
		Class<?> type = ClassUtils.resolveClassName(name, this.beanClassLoader);
		RepositoryType described = RepositoryType.of(type);
		RepositoryCalls calls = new RepositoryCalls(described, this);
		if (!createdLater(described.database())) {
			prepareAtStart(described, calls);
		}
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, calls);
	}

	private boolean createdLater(String alias) {
		return !alias.isEmpty() && this.properties.database(alias).atRunTime() && this.engines.find(alias) == null;
	}

	/** Not even the kind of database is looked for where nobody is to look. */
	private void prepareAtStart(RepositoryType type, RepositoryCalls calls) {
		Database database = database(type);
		if (this.entities.settings(database.alias()).mode(type.entity()) == EntityMode.NONE) {
			return;
		}
		DatabaseEngine engine = this.engines.find(database.alias());
		PoolHealth health = (engine != null) ? engine.pool().health(ANSWER) : null;
		if (health != null && !health.reachable()) {
			logger.warn(
					"The tables of the entity '%s' are not prepared yet: database '%s' cannot be reached. They will be when %s is first used"
						.formatted(type.entity(), database.alias(), type.type().getName()),
					health.cause());
			return;
		}
		calls.prepared(database);
	}

	Database database(RepositoryType type) {
		return type.database().isEmpty() ? this.databases.primary() : this.databases.get(type.database());
	}

	/** The operations of a database, which keeps them. */
	static EntityRepository<?> operations(RepositoryType type, Database database) {
		return database.entities().typed(type.object());
	}

}

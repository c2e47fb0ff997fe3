package io.dbop.autoconfigure;

import java.util.List;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.CredentialsSource.Credentials;
import io.dbop.pool.DatabaseConfigBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Works out how the pool of each alias is to be opened, from its properties and its
 * {@link JdbcConnectionDetails}, which win.
 */
class PoolPlans {

	private final ConfigurableListableBeanFactory beanFactory;

	private final DbopProperties properties;

	private final Dialects dialects;

	PoolPlans(ConfigurableListableBeanFactory beanFactory, DbopProperties properties, Dialects dialects) {
		this.beanFactory = beanFactory;
		this.properties = properties;
		this.dialects = dialects;
	}

	/** The aliases whose pools the start of the application opens. */
	List<String> eager() {
		return this.properties.databases().keySet().stream().filter((alias) -> {
			BeanDefinition definition = DatabaseBeanDefinitions.dataSource(alias, this.beanFactory);
			return definition != null && !definition.isLazyInit();
		}).toList();
	}

	/**
	 * Works out how to open the pool of an alias.
	 * @throws InvalidPropertyException if something is missing or wrong
	 */
	PoolPlan plan(String alias) {
		DatabaseProperties database = this.properties.database(alias);
		JdbcConnectionDetails details = details(alias);
		DatabaseConfigBuilder config = ConfigMapping.database(alias, database);
		if (details != null) {
			config.url(details.getJdbcUrl());
		}
		Dialect dialect = dialect(alias, database, (details != null) ? details.getJdbcUrl() : database.url());
		if (details == null && database.url() == null && database.database() == null) {
			config.database(fileOf(alias, dialect));
		}
		CredentialsSource credentials = (details != null)
				? () -> new Credentials(details.getUsername(), details.getPassword())
				: CredentialsSource.of(database.username(), database.password());
		return new PoolPlan(config.build(), dialect, credentials);
	}

	private @Nullable JdbcConnectionDetails details(String alias) {
		AliasConnectionDetails details = new AliasConnectionDetails(this.beanFactory);
		BeanDefinition definition = DatabaseBeanDefinitions.dataSource(alias, this.beanFactory);
		if (definition == null || !definition.isPrimary()) {
			return details.find(alias);
		}
		return details.findForPrimary(alias,
				this.properties.databases().keySet().stream().filter((other) -> !other.equals(alias)).toList());
	}

	private Dialect dialect(String alias, DatabaseProperties database, @Nullable String url) {
		String type = database.type();
		if (type == null) {
			Dialect found = (url != null) ? this.dialects.findByUrl(url) : null;
			return (found != null) ? found : Dialects.generic();
		}
		Dialect named = this.dialects.findByName(type);
		if (named == null) {
			throw new InvalidPropertyException(property(alias, "type"), type,
					"it must be one of %s.".formatted(String.join(", ", this.dialects.names())));
		}
		return named;
	}

	private static String fileOf(String alias, Dialect dialect) {
		if (!dialect.singleWriter()) {
			throw new InvalidPropertyException(property(alias, "database"), null,
					"it is missing. Set it to the name of the database.");
		}
		return alias + ".db";
	}

	private static String property(String alias, String name) {
		return DbopProperties.DATABASES + "." + alias + "." + name;
	}

}

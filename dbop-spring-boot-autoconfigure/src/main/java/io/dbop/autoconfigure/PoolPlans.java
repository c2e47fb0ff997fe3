package io.dbop.autoconfigure;

import java.util.List;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.CredentialsSource.Credentials;
import io.dbop.pool.DatabaseConfigBuilder;
import io.dbop.pool.InvalidDatabaseConfigException;
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
	 * @throws InvalidDatabaseConfigException if something is wrong
	 */
	PoolPlan plan(String alias) {
		DatabaseProperties database = this.properties.database(alias);
		JdbcConnectionDetails details = details(alias);
		DatabaseConfigBuilder config = ConfigMapping.database(alias, database);
		if (details != null) {
			config.url(details.getJdbcUrl());
		}
		if (details == null && database.url() == null && database.database() == null && isFile(database.type())) {
			config.database(alias + ".db");
		}
		CredentialsSource credentials = (details != null)
				? () -> new Credentials(details.getUsername(), details.getPassword())
				: CredentialsSource.of(database.username(), database.password());
		return new PoolPlan(PoolOpener.of(this.properties), config.build(), this.dialects, credentials,
				this.properties.enabled() ? database.replicas() : List.of(), ConfigMapping.replicas(database));
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

	private boolean isFile(@Nullable String type) {
		Dialect dialect = (type != null) ? this.dialects.findByName(type) : null;
		return dialect != null && dialect.singleWriter();
	}

}

package io.dbop.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Defines the beans of the databases that are configured with a location. A DataSource
 * that the application has already stays the primary one.
 */
class DatabaseBeanRegistrar implements ImportBeanDefinitionRegistrar {

	private static final Log logger = LogFactory.getLog(DatabaseBeanRegistrar.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	DatabaseBeanRegistrar(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importingClassMetadata, BeanDefinitionRegistry registry) {
		DbopProperties properties = EarlyProperties.read(this.beanFactory, this.environment);
		ConfigMapping.slowQuery(properties.slowQuery());
		PropertiesCheck.check(properties.entity());
		AliasConnectionDetails details = new AliasConnectionDetails(this.beanFactory);
		Map<String, DatabaseProperties> own = new LinkedHashMap<>();
		properties.databases().forEach((alias, database) -> {
			boolean detailed = details.defined(alias);
			PropertiesCheck.check(alias, database, detailed);
			if (database.located() || detailed) {
				own.put(alias, database);
			}
		});
		backOff(own);
		PoolPreparation.begin(own.values());
		String primary = own.isEmpty() ? null : primary(own);
		DatabaseBeanDefinitions definitions = new DatabaseBeanDefinitions(registry);
		own.keySet().forEach((alias) -> definitions.register(alias, alias.equals(primary)));
	}

	/** A DataSource bean of the application wins over a database of the same alias. */
	private void backOff(Map<String, DatabaseProperties> own) {
		for (Map.Entry<String, String> existing : new ExistingDataSources(this.beanFactory).aliases().entrySet()) {
			if (own.remove(existing.getValue()) != null) {
				logger.info("Database '%s' is the DataSource bean '%s' of the application, not the one configured "
					.formatted(existing.getValue(), existing.getKey())
						+ "under '%s.%s'".formatted(DbopProperties.DATABASES, existing.getValue()));
			}
		}
	}

	private @Nullable String primary(Map<String, DatabaseProperties> own) {
		boolean spring = SpringDataSource.configured(this.environment);
		if (spring && own.containsKey(AliasNames.DEFAULT)) {
			throw new InvalidPropertyException(DbopProperties.DATABASES + "." + AliasNames.DEFAULT, null,
					"'%s' is the alias of the database under 'spring.datasource'. Give this one another name, or remove 'spring.datasource'."
						.formatted(AliasNames.DEFAULT));
		}
		ExistingDataSources existing = new ExistingDataSources(this.beanFactory);
		String marked = PrimaryAlias.marked(own);
		if (marked == null) {
			return (spring || existing.anyDefaultCandidate()) ? null : PrimaryAlias.unmarked(own.keySet());
		}
		if (spring || existing.anyPrimary()) {
			throw new InvalidPropertyException(PrimaryAlias.property(marked), true,
					"the application has a primary database already, %s. Remove one of the two."
						.formatted(spring ? "under 'spring.datasource'" : "a DataSource bean marked @Primary"));
		}
		return marked;
	}

}

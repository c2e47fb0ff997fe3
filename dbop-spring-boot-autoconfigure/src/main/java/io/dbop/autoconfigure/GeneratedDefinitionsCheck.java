package io.dbop.autoconfigure;

import java.util.Map;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Checks the configuration of an application that was processed ahead of time, whose bean
 * definitions were made from the configuration of then: values may be others now, the
 * aliases and which one is primary may not.
 */
final class GeneratedDefinitionsCheck {

	private static final String FIXED = "it was not so when the application was processed ahead of time, "
			+ "which fixes the databases. Configure it there too, or process it again.";

	private final ConfigurableListableBeanFactory beanFactory;

	GeneratedDefinitionsCheck(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Checks all settings.
	 * @throws InvalidPropertyException if one cannot work
	 */
	void check(Map<String, DatabaseProperties> databases) {
		AliasConnectionDetails details = new AliasConnectionDetails(this.beanFactory);
		Map<String, String> existing = new ExistingDataSources(this.beanFactory).aliases();
		databases.forEach((alias, database) -> {
			PropertiesCheck.check(alias, database, details.defined(alias));
			if (database.located() && !existing.containsValue(alias)) {
				throw new InvalidPropertyException(DbopProperties.DATABASES + "." + alias, null, FIXED);
			}
			BeanDefinition own = DatabaseBeanDefinitions.dataSource(alias, this.beanFactory);
			if (database.primary() && own != null && !own.isPrimary()) {
				throw new InvalidPropertyException(PrimaryAlias.property(alias), true, FIXED);
			}
		});
	}

}

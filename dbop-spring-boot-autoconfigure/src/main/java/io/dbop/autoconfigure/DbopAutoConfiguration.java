package io.dbop.autoconfigure;

import java.time.Duration;

import javax.sql.DataSource;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.disclosure.SlowQuerySettings;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.replica.Replicas;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JndiDataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.XADataSourceAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Auto-configuration of the databases: those under {@code dbop.databases}, and those that
 * the application has already.
 */
@AutoConfiguration(
		before = { DataSourceAutoConfiguration.class, JndiDataSourceAutoConfiguration.class,
				XADataSourceAutoConfiguration.class },
		afterName = "org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration")
@ConditionalOnClass({ DataSource.class, JdbcTemplate.class })
@EnableConfigurationProperties(DbopProperties.class)
@Import(DatabaseBeanRegistrar.class)
public final class DbopAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Dialects dbopDialects(ObjectProvider<Dialect> dialects) {
		return new Dialects(dialects.orderedStream().toList());
	}

	@Bean
	SlowQuerySettings dbopSlowQuerySettings(DbopProperties properties) {
		return ConfigMapping.slowQuery(properties.slowQuery());
	}

	@Bean
	PoolRegistry dbopPoolRegistry(DbopProperties properties, SlowQuerySettings slowQuery) {
		PoolRegistry registry = new PoolRegistry(ConfigMapping.leakDetection(properties.leakDetection()));
		registry.onPool((pool) -> pool.watchStatements(slowQuery));
		return registry;
	}

	@Bean
	Replicas dbopReplicas() {
		return new Replicas();
	}

	@Bean(DatabasePools.BEAN_NAME)
	DatabasePools dbopDatabasePools(ConfigurableListableBeanFactory beanFactory, DbopProperties properties,
			Dialects dialects, PoolRegistry registry, Replicas replicas) {
		if (AotDetector.useGeneratedArtifacts()) {
			new GeneratedDefinitionsCheck(beanFactory).check(properties.databases());
		}
		return new DatabasePools(new PoolPlans(beanFactory, properties, dialects), registry, replicas,
				properties.enabled() ? ConnectionPool::dataSource : ConnectionPool::target);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "dbop.enabled", matchIfMissing = true)
	GracefulShutdown dbopGracefulShutdown(PoolRegistry registry, Environment environment) {
		return new GracefulShutdown(registry, environment.getProperty("spring.lifecycle.timeout-per-shutdown-phase",
				Duration.class, Duration.ofSeconds(30)));
	}

	@Bean(JdbcBeans.BEAN_NAME)
	JdbcBeans dbopJdbcBeans(ObjectProvider<TransactionManagerCustomizers> customizers,
			ObjectProvider<SQLExceptionTranslator> translators) {
		return new JdbcBeans(customizers, translators);
	}

	@Bean
	DataSourceAdopter dbopDataSourceAdopter(ConfigurableListableBeanFactory beanFactory, PoolRegistry registry,
			Dialects dialects) {
		return new DataSourceAdopter(beanFactory, registry, dialects);
	}

	@Bean
	AdoptedHikariMetadata dbopAdoptedHikariMetadata() {
		return new AdoptedHikariMetadata();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnBooleanProperty(name = "dbop.enabled", matchIfMissing = true)
	static DataSourceAdoption dbopDataSourceAdoption(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<DataSourceAdopter> adopter) {
		return new DataSourceAdoption(beanFactory, adopter);
	}

}

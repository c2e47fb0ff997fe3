package io.dbop.autoconfigure;

import io.dbop.aop.AnnotatedOperations;
import io.dbop.aop.AnnotationVerifier;
import io.dbop.aop.DbopAdvisor;
import io.dbop.aop.OperationResolver;
import io.dbop.aop.PreAttemptAdvisor;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.database.Databases;
import io.dbop.dialect.Dialects;
import io.dbop.disclosure.SlowQuerySettings;
import io.dbop.entity.EntityUser;
import io.dbop.entity.value.EntitySerializer;
import io.dbop.execution.DatabaseEngine.Extensions;
import io.dbop.execution.ExecutionListener;
import io.dbop.execution.ExecutionObserver;
import io.dbop.execution.PreAttemptHook;
import io.dbop.failure.FailureClassifier;
import io.dbop.pool.PoolRegistry;
import io.dbop.scaling.AdviceRule;
import io.dbop.scaling.DatabaseAdvisor;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Role;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/**
 * Auto-configuration of what runs on the databases: an engine and a handle for each, and
 * the annotations.
 */
@AutoConfiguration(
		after = { DbopAutoConfiguration.class, DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class })
@ConditionalOnBean(DbopAutoConfiguration.class)
@Import(DatabaseHandleRegistrar.class)
public final class DbopExecutionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	BreakerRegistry dbopBreakerRegistry(ObjectProvider<CircuitBreakerRegistry> registries) {
		CircuitBreakerRegistry registry = registries.getIfUnique();
		return (registry != null) ? BreakerRegistry.in(registry) : BreakerRegistry.create();
	}

	@Bean
	EngineFactory dbopEngineFactory(ConfigurableListableBeanFactory beanFactory, DbopProperties properties,
			JdbcBeans jdbcBeans, BreakerRegistry breakers, ObjectProvider<FailureClassifier> classifiers,
			ObjectProvider<PreAttemptHook> hooks, ObjectProvider<ExecutionListener> listeners,
			ObjectProvider<ExecutionObserver> observer) {
		return new EngineFactory(properties, new AliasTransactionManagers(beanFactory, jdbcBeans), breakers,
				() -> new Extensions(classifiers.orderedStream().toList(), hooks.orderedStream().toList(),
						listeners.orderedStream().toList(), observer.getIfAvailable()));
	}

	@Bean
	DatabaseEngines dbopDatabaseEngines(ConfigurableListableBeanFactory beanFactory, DbopProperties properties,
			DataSourceAdopter adopter, EngineFactory factory, Dialects dialects, PoolRegistry pools) {
		EngineObservers observers = new EngineObservers();
		return new DatabaseEngines(beanFactory, properties, adopter, factory,
				new CreatedDatabases(PoolOpener.of(properties), dialects, pools, factory, observers), observers);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "dbop.enabled", matchIfMissing = true)
	DatabaseAdvisor dbopDatabaseAdvisor(DbopProperties properties, PoolRegistry pools, DatabaseEngines engines,
			BreakerRegistry breakers, ObjectProvider<AdviceRule> rules, ApplicationEventPublisher events) {
		DatabaseAdvisor advisor = new DatabaseAdvisor(breakers, rules.orderedStream().toList(),
				ConfigMapping.advice(properties.advice()), events::publishEvent);
		pools.onPool(advisor::watch);
		engines.observers().onEngine(advisor::watch);
		return advisor;
	}

	@Bean
	@ConditionalOnBean(DatabaseAdvisor.class)
	AdvisorLifecycle dbopAdvisorLifecycle(DatabaseAdvisor advisor) {
		return new AdvisorLifecycle(advisor);
	}

	@Bean
	UnusedSettings dbopUnusedSettings(DbopProperties properties, DatabaseEngines engines, PoolRegistry pools) {
		return new UnusedSettings(properties, engines, pools);
	}

	/** Those of the application come before it, and its handles are from here. */
	@Bean(BeanDatabases.BEAN_NAME)
	@Fallback
	BeanDatabases dbopDatabases(DatabaseEngines engines, EntityFactory entities) {
		return new BeanDatabases(engines, entities);
	}

	@Bean
	EntityFactory dbopEntityFactory(DbopProperties properties, BeanFactory beans, ObjectProvider<EntityUser> user,
			ObjectProvider<EntitySerializer<?>> serializers) {
		return new EntityFactory(properties, new EntityCacheManagers(properties, beans), user, serializers);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static AnnotatedOperations dbopAnnotatedOperations(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<DatabaseEngines> engines, ObjectProvider<TransactionAttributeSource> attributes,
			ObjectProvider<SlowQuerySettings> slowQuery) {
		return new AnnotatedOperations(() -> new OperationResolver(engines.getObject(), beanFactory,
				attributes.getIfAvailable(), slowQuery.getObject()));
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DbopAdvisor dbopAdvisor(AnnotatedOperations operations) {
		return new DbopAdvisor(operations);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@ConditionalOnBean(PreAttemptHook.class)
	static PreAttemptAdvisor dbopPreAttemptAdvisor(ObjectProvider<TransactionAttributeSource> attributes) {
		return new PreAttemptAdvisor(attributes::getIfAvailable);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static AnnotationVerifier dbopAnnotationVerifier(AnnotatedOperations operations,
			ConfigurableListableBeanFactory beanFactory) {
		return new AnnotationVerifier(operations, beanFactory);
	}

}

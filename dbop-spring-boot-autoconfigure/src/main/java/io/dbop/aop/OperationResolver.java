package io.dbop.aop;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

import io.dbop.disclosure.SlowQuerySettings;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionPlan;
import io.dbop.execution.ExecutionSpec;
import io.dbop.execution.Scope;
import io.dbop.pool.DatabaseConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/**
 * Turns the annotations of a method into an operation, and refuses what cannot work.
 */
public final class OperationResolver {

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

	private final EngineLookup engines;

	private final ManagedTransactions transactions;

	private final SpecAttributes attributes;

	private final MethodWatches watches;

	/**
	 * Creates the resolver.
	 * @param engines finds the engine of an alias
	 * @param beanFactory holds the beans that annotations name
	 * @param transactionAttributes tells of Spring's own transactional methods,
	 * {@code null} where Spring manages none
	 * @param slowQuery when a method is slow, and what is told of it
	 */
	public OperationResolver(EngineLookup engines, ConfigurableBeanFactory beanFactory,
			@Nullable TransactionAttributeSource transactionAttributes, SlowQuerySettings slowQuery) {
		this.engines = engines;
		this.transactions = new ManagedTransactions(beanFactory, transactionAttributes);
		DurationAttributes durations = new DurationAttributes(beanFactory);
		this.attributes = new SpecAttributes(beanFactory, durations);
		this.watches = new MethodWatches(slowQuery, durations);
	}

	AnnotatedOperation resolve(Method method, Class<?> type) {
		Declared declared = Declared.of(method, type);
		if (!declared.usesDatabase()) {
			return new AnnotatedOperation(type, null, null, this.watches.of(declared, method, type, null));
		}
		TransactionAttribute managed = check(declared, method, type);
		DatabaseEngine engine = Objects.requireNonNull(this.engines.find(alias(declared, method, type)));
		if (managed != null) {
			this.transactions.requireManagerOf(engine, managed, method, type);
		}
		ExecutionPlan plan = engine.<@Nullable Object>plan((spec) -> {
			configure(spec, declared, managed, method, type);
			this.attributes.timeout(spec, declared, queryExecutionTimeout(engine), method, type);
		});
		if (plan.retries()) {
			refuseWhatIsReadOnce(method, type);
		}
		return new AnnotatedOperation(type, plan, fallback(declared, method, type),
				this.watches.of(declared, method, type, engine.alias()));
	}

	/**
	 * Refuses what cannot work, as far as it can be told without opening the database.
	 * @return whether the database was opened before, so that the rest can be told too
	 */
	boolean check(Method method, Class<?> type) {
		Declared declared = Declared.of(method, type);
		if (!declared.usesDatabase()) {
			return true;
		}
		TransactionAttribute managed = check(declared, method, type);
		configure(UnheardSpec.create(), declared, managed, method, type);
		this.attributes.timeout(UnheardSpec.create(), declared, null, method, type);
		this.watches.of(declared, method, type, null);
		if (!type.isInterface()) {
			fallback(declared, method, type);
		}
		return this.engines.findOpened(alias(declared, method, type)) != null;
	}

	private @Nullable TransactionAttribute check(Declared declared, Method method, Class<?> type) {
		refuseWhatReturnsLater(method, type);
		alias(declared, method, type);
		TransactionAttribute managed = this.transactions.of(method, type, declared);
		if (managed != null && declared.retry() != null && !declared.retry().verifier().isEmpty()
				&& method.getReturnType() != void.class) {
			throw InvalidAnnotationException.on(method, type,
					"a verifier cannot bring back the result of a method whose transaction @Transactional commits",
					"Use @AutoTransaction in place of @Transactional, or let the method return nothing.");
		}
		return managed;
	}

	private static void refuseWhatReturnsLater(Method method, Class<?> type) {
		if (ReturnTypes.returnsLater(method, type)) {
			throw InvalidAnnotationException.on(method, type,
					"it returns %s, whose work goes on after the method has returned: its transaction would end too early and its failures would pass unseen"
						.formatted(method.getReturnType().getName()),
					"Annotate a method that returns its result, and make that one asynchronous around it.");
		}
	}

	private static void refuseWhatIsReadOnce(Method method, Class<?> type) {
		Class<?> parameter = ReadOnceTypes.parameterOf(method);
		if (parameter != null) {
			throw InvalidAnnotationException.on(method, type,
					"it is retried, and its argument of type %s can be read only once: a second attempt would find it consumed"
						.formatted(parameter.getName()),
					"Pass what can be read again (bytes, a collection, a Resource, a Supplier that opens it), or set maxRetries = 0.");
		}
	}

	private String alias(Declared declared, Method method, Class<?> type) {
		Set<String> databases = declared.databases();
		if (databases.size() > 1) {
			throw InvalidAnnotationException.on(method, type, "its annotations name different databases: " + databases,
					"Name the same database in all of them, or in one only.");
		}
		String alias = databases.isEmpty() ? this.engines.primaryAlias() : databases.iterator().next();
		if (alias == null || !this.engines.aliases().contains(alias)) {
			String problem = (alias == null) ? "it names no database, and none of them is primary"
					: "there is no database '%s'".formatted(alias);
			throw InvalidAnnotationException.on(method, type, problem,
					"Name one of the known aliases (%s), or add the database under 'dbop.databases'."
						.formatted(String.join(", ", this.engines.aliases())));
		}
		return alias;
	}

	private void configure(ExecutionSpec<@Nullable Object> spec, Declared declared,
			@Nullable TransactionAttribute managed, Method method, Class<?> type) {
		spec.named(SubjectClass.of(method, type).getSimpleName() + "." + method.getName());
		if (declared.retry() != null) {
			this.attributes.retry(spec, declared.retry(), method, type);
		}
		else {
			spec.maxRetries(0);
		}
		if (declared.transaction() != null) {
			this.attributes.transaction(spec, declared.transaction(), method, type);
		}
		if (declared.breaker() != null) {
			this.attributes.breaker(spec, declared.breaker(), method, type);
		}
		if (managed != null) {
			spec.managedBy(managed);
			if (managed.isReadOnly()) {
				spec.readOnly();
			}
		}
		else if (declared.retry() == null && declared.transaction() == null) {
			spec.scope(Scope.NONE);
		}
	}

	/** Of a pool that was adopted nobody knows. */
	private static Duration queryExecutionTimeout(DatabaseEngine engine) {
		DatabaseConfig config = engine.pool().config();
		return (config != null) ? config.queryExecutionTimeout() : DEFAULT_TIMEOUT;
	}

	private static @Nullable FallbackMethod fallback(Declared declared, Method method, Class<?> type) {
		Set<String> names = declared.fallbacks();
		if (names.size() > 1) {
			throw InvalidAnnotationException.on(method, type, "its annotations name different fallbacks: " + names,
					"Name one fallback.");
		}
		return names.isEmpty() ? null : FallbackMethod.of(names.iterator().next(), method, type);
	}

}

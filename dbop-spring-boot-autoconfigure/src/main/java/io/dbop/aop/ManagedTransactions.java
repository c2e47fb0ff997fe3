package io.dbop.aop;

import java.lang.reflect.Method;

import io.dbop.execution.DatabaseEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.util.StringUtils;

/** What Spring's own {@code @Transactional} says of a method, checked against ours. */
final class ManagedTransactions {

	private final BeanFactory beanFactory;

	private final @Nullable TransactionAttributeSource source;

	ManagedTransactions(BeanFactory beanFactory, @Nullable TransactionAttributeSource source) {
		this.beanFactory = beanFactory;
		this.source = source;
	}

	/** How Spring manages the transaction of a method, if it does. */
	@Nullable TransactionAttribute of(Method method, Class<?> type, Declared declared) {
		TransactionAttribute attribute = (this.source != null) ? this.source.getTransactionAttribute(method, type)
				: null;
		if (attribute != null && declared.transaction() != null) {
			throw InvalidAnnotationException.on(method, type,
					"@AutoTransaction and @Transactional both want to manage its transaction",
					"Keep one of them. With @Transactional, dbop leaves the transaction to Spring and still repeats it as a whole.");
		}
		return attribute;
	}

	void requireManagerOf(DatabaseEngine engine, TransactionAttribute attribute, Method method, Class<?> type) {
		if (manager(attribute, type) != engine.transactionManager()) {
			throw InvalidAnnotationException.on(method, type,
					"@Transactional uses a transaction manager that is not the one of database '%s'"
						.formatted(engine.alias()),
					"Name the same database in both: @Transactional(\"%s\"), or another 'database' in the annotation of dbop."
						.formatted(engine.alias()));
		}
	}

	/** As Spring's interceptor finds it. */
	private TransactionManager manager(TransactionAttribute attribute, Class<?> type) {
		String qualifier = attribute.getQualifier();
		if (StringUtils.hasText(qualifier)) {
			return BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beanFactory, TransactionManager.class,
					qualifier);
		}
		TransactionManager ofType = qualified(BeanFactoryAnnotationUtils.getQualifierValue(type));
		TransactionManager configured = (ofType != null) ? ofType : configured();
		return (configured != null) ? configured : this.beanFactory.getBean(TransactionManager.class);
	}

	/** The qualifier of a type is a hint, which may mean something else. */
	private @Nullable TransactionManager qualified(@Nullable String qualifier) {
		if (!StringUtils.hasText(qualifier)) {
			return null;
		}
		try {
			return BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beanFactory, TransactionManager.class,
					qualifier);
		}
		catch (NoSuchBeanDefinitionException ex) {
			return null;
		}
	}

	/** What a {@code TransactionManagementConfigurer} says. */
	private @Nullable TransactionManager configured() {
		TransactionInterceptor interceptor = this.beanFactory.getBeanProvider(TransactionInterceptor.class)
			.getIfUnique();
		return (interceptor != null) ? interceptor.getTransactionManager() : null;
	}

}

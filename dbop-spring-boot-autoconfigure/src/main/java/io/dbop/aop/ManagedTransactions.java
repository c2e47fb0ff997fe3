package io.dbop.aop;

import java.lang.reflect.Method;

import io.dbop.execution.DatabaseEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
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
		if (manager(attribute) != engine.transactionManager()) {
			throw InvalidAnnotationException.on(method, type,
					"@Transactional uses a transaction manager that is not the one of database '%s'"
						.formatted(engine.alias()),
					"Name the same database in both: @Transactional(\"%s\"), or another 'database' in the annotation of dbop."
						.formatted(engine.alias()));
		}
	}

	private TransactionManager manager(TransactionAttribute attribute) {
		String qualifier = attribute.getQualifier();
		return StringUtils.hasText(qualifier)
				? BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beanFactory, TransactionManager.class, qualifier)
				: this.beanFactory.getBean(TransactionManager.class);
	}

}

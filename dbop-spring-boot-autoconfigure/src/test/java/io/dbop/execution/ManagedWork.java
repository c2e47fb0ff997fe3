package io.dbop.execution;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/** A method with Spring's {@code @Transactional}. */
final class ManagedWork {

	private ManagedWork() {
	}

	/** What Spring's interceptor makes of an action. */
	static EngineFixture.Action advised(PlatformTransactionManager manager, TransactionAttribute attribute,
			EngineFixture.Action action) {
		ProxyFactory factory = new ProxyFactory();
		factory.setInterfaces(EngineFixture.Action.class);
		factory.setTarget(action);
		factory.addAdvice(new TransactionInterceptor(manager, (method, targetClass) -> attribute));
		return (EngineFixture.Action) factory.getProxy(EngineFixture.Action.class.getClassLoader());
	}

}

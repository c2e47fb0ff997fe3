package io.dbop.aop;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.springframework.core.MethodClassKey;
import org.springframework.util.function.SingletonSupplier;

/**
 * The annotated methods of the application, each resolved once. Thread-safe. What it
 * needs to resolve them is looked up when the first one is, long after the advisor was
 * created.
 */
public final class AnnotatedOperations {

	private final Map<MethodClassKey, AnnotatedOperation> operations = new ConcurrentHashMap<>();

	/** Most methods are called on one class only, and found here without making a key. */
	private final Map<Method, AnnotatedOperation> first = new ConcurrentHashMap<>();

	private final SingletonSupplier<OperationResolver> resolver;

	/**
	 * Creates an empty registry.
	 * @param resolver gives what resolves a method
	 */
	public AnnotatedOperations(Supplier<OperationResolver> resolver) {
		this.resolver = SingletonSupplier.of(resolver);
	}

	AnnotatedOperation of(Method method, Class<?> type) {
		AnnotatedOperation usual = this.first.get(method);
		return (usual != null && usual.type() == type) ? usual : find(method, type);
	}

	/**
	 * Refuses what cannot work, and resolves the rest, unless that would open a database
	 * before its time.
	 */
	void verify(Method method, Class<?> type) {
		if (this.resolver.obtain().check(method, type)) {
			of(method, type);
		}
	}

	private AnnotatedOperation find(Method method, Class<?> type) {
		MethodClassKey key = new MethodClassKey(method, type);
		AnnotatedOperation known = this.operations.get(key);
		AnnotatedOperation found = (known != null) ? known : resolve(key, method, type);
		this.first.putIfAbsent(method, found);
		return found;
	}

	private AnnotatedOperation resolve(MethodClassKey key, Method method, Class<?> type) {
		AnnotatedOperation resolved = this.resolver.obtain().resolve(method, type);
		AnnotatedOperation other = this.operations.putIfAbsent(key, resolved);
		return (other != null) ? other : resolved;
	}

}

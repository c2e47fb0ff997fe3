package io.dbop.autoconfigure;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.dbop.database.Database;
import io.dbop.entity.EntityRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Passes calls of a repository on to the operations of its database, which may be another
 * one each time if it comes and goes. Thread-safe.
 */
final class RepositoryCalls implements InvocationHandler {

	private final RepositoryType type;

	private final EntityRepositories repositories;

	private final Map<Method, MethodHandle> defaults = new ConcurrentHashMap<>();

	private final Map<Method, Method> operations = new ConcurrentHashMap<>();

	/** The database whose tables are known to be as they should be. */
	private volatile @Nullable Database prepared;

	RepositoryCalls(RepositoryType type, EntityRepositories repositories) {
		this.type = type;
		this.repositories = repositories;
	}

	/** The operations of a database, with its tables prepared. */
	EntityRepository<?> prepared(Database database) {
		EntityRepository<?> operations = EntityRepositories.operations(this.type, database);
		if (this.prepared != database) {
			operations.prepare();
			this.prepared = database;
		}
		return operations;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
		if (method.getDeclaringClass() == Object.class) {
			return ofObject(proxy, method, arguments);
		}
		if (method.isDefault() && method.getDeclaringClass() != EntityRepository.class) {
			return this.defaults.computeIfAbsent(method, RepositoryCalls::handle)
				.bindTo(proxy)
				.invokeWithArguments((arguments != null) ? arguments : new Object[0]);
		}
		Method operation = this.operations.computeIfAbsent(method, RepositoryCalls::operation);
		try {
			return operation.invoke(prepared(this.repositories.database(this.type)), arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private Object ofObject(Object proxy, Method method, @Nullable Object[] arguments) {
		if (ReflectionUtils.isEqualsMethod(method)) {
			return proxy == arguments[0];
		}
		return ReflectionUtils.isHashCodeMethod(method) ? System.identityHashCode(proxy) : this.type.toString();
	}

	/** That there is one was made sure of at the start. */
	private static Method operation(Method method) {
		return Objects.requireNonNull(RepositoryType.operation(method), method::toString);
	}

	private static MethodHandle handle(Method method) {
		Class<?> owner = method.getDeclaringClass();
		try {
			return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).unreflectSpecial(method, owner);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("%s cannot be called".formatted(method), ex);
		}
	}

}

package io.dbop.aop;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

import io.dbop.annotation.DbRetry;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * The method that answers in place of one that has failed for good.
 *
 * @param method the method, of the same class
 * @param takesFailure whether it takes the failure as its last parameter
 */
record FallbackMethod(Method method, boolean takesFailure) {

	static FallbackMethod of(String name, Method method, Class<?> type) {
		// Of an interface it may know its types by name only.
		Class<?>[] parameters = AopUtils.getMostSpecificMethod(method, type).getParameterTypes();
		for (Method each : ReflectionUtils.getUniqueDeclaredMethods(type)) {
			if (each.getName().equals(name) && takes(each, parameters)) {
				return new FallbackMethod(returning(each, method, type), each.getParameterCount() > parameters.length);
			}
		}
		throw InvalidAnnotationException.on(method, type,
				"there is no fallback method '%s' that takes the same parameters".formatted(name),
				"Add a method '%s' to the class with the parameters of '%s', optionally followed by the failure (Throwable)."
					.formatted(name, method.getName()));
	}

	private static boolean takes(Method candidate, Class<?>[] parameters) {
		Class<?>[] own = candidate.getParameterTypes();
		boolean withFailure = own.length == parameters.length + 1
				&& Throwable.class.isAssignableFrom(own[parameters.length]);
		return (own.length == parameters.length || withFailure)
				&& Arrays.equals(Arrays.copyOf(own, parameters.length), parameters);
	}

	private static Method returning(Method fallback, Method method, Class<?> type) {
		ResolvableType wanted = ResolvableType.forMethodReturnType(method, type);
		ResolvableType given = ResolvableType.forMethodReturnType(fallback, type);
		if (method.getReturnType() != void.class && !wanted.isAssignableFrom(given)) {
			throw InvalidAnnotationException.on(method, type,
					"its fallback method '%s' returns %s, not %s".formatted(fallback.getName(), given, wanted),
					"Let '%s' return %s, or name another fallback in @%s.".formatted(fallback.getName(), wanted,
							DbRetry.class.getSimpleName()));
		}
		ReflectionUtils.makeAccessible(fallback);
		return fallback;
	}

	@Nullable Object answer(MethodInvocation invocation, Exception failure) throws Throwable {
		if (failure instanceof InterruptedException || Thread.currentThread().isInterrupted() || !accepts(failure)) {
			throw failure;
		}
		@Nullable Object[] arguments = invocation.getArguments();
		if (this.takesFailure) {
			arguments = Arrays.copyOf(arguments, arguments.length + 1);
			arguments[arguments.length - 1] = failure;
		}
		try {
			return this.method.invoke(invocation.getThis(), arguments);
		}
		catch (InvocationTargetException ex) {
			Throwable own = ex.getTargetException();
			if (own != failure) {
				own.addSuppressed(failure);
			}
			throw own;
		}
	}

	private boolean accepts(Exception failure) {
		Class<?>[] types = this.method.getParameterTypes();
		return !this.takesFailure || types[types.length - 1].isInstance(failure);
	}

}

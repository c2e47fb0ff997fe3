package io.dbop.aop;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * What a method's return type says: whether it can be retried at all, and its default.
 */
final class ReturnTypes {

	private static final List<Class<?>> LATER = List.of(Future.class, CompletionStage.class, Flow.Publisher.class,
			BaseStream.class);

	private static final Map<Class<?>, Object> DEFAULTS = Map.of(boolean.class, false, byte.class, (byte) 0,
			short.class, (short) 0, int.class, 0, long.class, 0L, float.class, 0F, double.class, 0D, char.class,
			(char) 0);

	private ReturnTypes() {
	}

	/**
	 * Whether the method returns before its work is done, so that its transaction would
	 * end too early and its failures would pass unseen.
	 */
	static boolean returnsLater(Method method, Class<?> owner) {
		Class<?> type = of(method, owner);
		for (Class<?> later : LATER) {
			if (later.isAssignableFrom(type)) {
				return true;
			}
		}
		for (Class<?> parameter : method.getParameterTypes()) {
			if (parameter.getName().equals("kotlin.coroutines.Continuation")) {
				return true;
			}
		}
		return type != void.class && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	/** What the type parameters stand for that the owner of the method was given. */
	private static Class<?> of(Method method, Class<?> owner) {
		Method specific = AopUtils.getMostSpecificMethod(method, owner);
		return ResolvableType.forMethodReturnType(specific, owner).resolve(specific.getReturnType());
	}

	/** What a method returns that failed and does not raise. */
	static @Nullable Object defaultOf(Method method, Class<?> owner) {
		return defaultOf(of(method, owner));
	}

	private static @Nullable Object defaultOf(Class<?> type) {
		if (type.isPrimitive()) {
			return DEFAULTS.get(type);
		}
		if (type.isArray()) {
			return Array.newInstance(type.getComponentType(), 0);
		}
		if (type == Optional.class) {
			return Optional.empty();
		}
		if (type == List.class || type == Collection.class || type == Iterable.class) {
			return List.of();
		}
		if (type == Set.class) {
			return Set.of();
		}
		if (type == Map.class) {
			return Map.of();
		}
		return optionalOf(type);
	}

	private static @Nullable Object optionalOf(Class<?> type) {
		if (type == OptionalInt.class) {
			return OptionalInt.empty();
		}
		if (type == OptionalLong.class) {
			return OptionalLong.empty();
		}
		return (type == OptionalDouble.class) ? OptionalDouble.empty() : null;
	}

}

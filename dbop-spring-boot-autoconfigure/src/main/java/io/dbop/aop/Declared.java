package io.dbop.aop;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.dbop.annotation.DbTimeout;
import io.dbop.annotation.Profiled;
import io.dbop.annotation.TrackSlow;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The annotations that hold for a method: its own, those of what it overrides or
 * implements, else those of its class or interface. Meta-annotations count.
 *
 * @param retry how it is repeated
 * @param transaction what transaction it runs in
 * @param breaker which circuit breaker it passes
 * @param timeout how long it may use its database
 * @param slow when it is logged for being slow
 * @param profile whether its calls are logged
 */
record Declared(@Nullable DbRetry retry, @Nullable AutoTransaction transaction, @Nullable CircuitBreaker breaker,
		@Nullable DbTimeout timeout, @Nullable TrackSlow slow, @Nullable Profiled profile) {

	private static final Set<Class<? extends Annotation>> ALL = Set.of(DbRetry.class, AutoTransaction.class,
			CircuitBreaker.class, DbTimeout.class, TrackSlow.class, Profiled.class);

	private static final Mentions MENTIONS = new Mentions(ALL);

	/** Whether any may hold for a method of a class. */
	static boolean possibleOn(Class<?> type) {
		return MENTIONS.in(type);
	}

	static Declared of(Method method, Class<?> type) {
		Method specific = AopUtils.getMostSpecificMethod(method, type);
		return new Declared(find(specific, method, type, DbRetry.class),
				find(specific, method, type, AutoTransaction.class), find(specific, method, type, CircuitBreaker.class),
				find(specific, method, type, DbTimeout.class), find(specific, method, type, TrackSlow.class),
				find(specific, method, type, Profiled.class));
	}

	/** Whether any stands on the very method. */
	static boolean on(Method method) {
		return ALL.stream().anyMatch((annotation) -> AnnotatedElementUtils.isAnnotated(method, annotation));
	}

	private static <A extends Annotation> @Nullable A find(Method specific, Method method, Class<?> type,
			Class<A> annotation) {
		if (ReflectionUtils.isObjectMethod(method)) {
			return null;
		}
		// Mostly two places: the start looks at every method of every bean.
		Set<AnnotatedElement> places = new LinkedHashSet<>(
				List.of(specific, method, type, specific.getDeclaringClass(), method.getDeclaringClass()));
		for (AnnotatedElement place : places) {
			A found = AnnotatedElementUtils.findMergedAnnotation(place, annotation);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	boolean any() {
		return usesDatabase() || this.slow != null || this.profile != null;
	}

	/** Whether a database has to do with it, rather than that it is only watched. */
	boolean usesDatabase() {
		return this.retry != null || this.transaction != null || this.breaker != null || this.timeout != null;
	}

	/** The aliases that the annotations name, which should be one at most. */
	Set<String> databases() {
		Set<String> names = new TreeSet<>();
		if (this.retry != null) {
			names.add(this.retry.database());
		}
		if (this.transaction != null) {
			names.add(this.transaction.database());
		}
		if (this.breaker != null) {
			names.add(this.breaker.database());
		}
		if (this.timeout != null) {
			names.add(this.timeout.database());
		}
		names.remove("");
		return names;
	}

	/** The names of the fallback methods, which should be one at most. */
	Set<String> fallbacks() {
		Set<String> names = new TreeSet<>();
		if (this.retry != null) {
			names.add(this.retry.fallback());
		}
		if (this.breaker != null) {
			names.add(this.breaker.fallback());
		}
		names.remove("");
		return names;
	}

}

package io.dbop.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.dbop.annotation.Profiled;
import io.dbop.annotation.TrackSlow;
import io.dbop.disclosure.SlowQuerySettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;

/** Turns {@link TrackSlow} and {@link Profiled} into what watches a method. */
final class MethodWatches {

	private final SlowQuerySettings settings;

	private final DurationAttributes durations;

	private final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

	MethodWatches(SlowQuerySettings settings, DurationAttributes durations) {
		this.settings = settings;
		this.durations = durations;
	}

	/** What watches a method, {@code null} if nothing does. */
	@Nullable MethodWatch of(Declared declared, Method method, Class<?> type, @Nullable String alias) {
		if (declared.slow() == null && declared.profile() == null) {
			return null;
		}
		Class<?> named = SubjectClass.of(method, type);
		int maxLength = (declared.profile() != null) ? maxLength(declared.profile(), method, type) : 0;
		Logger profile = (declared.profile() != null) ? LoggerFactory.getLogger("io.dbop.profile." + named.getName())
				: null;
		return new MethodWatch(new MethodWatch.Subject(named.getSimpleName(), method.getName()), alias,
				parameters(method, type), this.settings.disclosure(), slowNanos(declared.slow(), method, type), profile,
				maxLength);
	}

	private long slowNanos(@Nullable TrackSlow slow, Method method, Class<?> type) {
		if (slow == null) {
			return MethodWatch.NEVER;
		}
		Duration own = this.durations.limit(slow.threshold(), "threshold",
				new AnnotationPlace(method, type, "@TrackSlow"));
		if (own != null) {
			return own.toNanos();
		}
		return this.settings.on() ? this.settings.threshold().toNanos() : MethodWatch.NEVER;
	}

	private static int maxLength(Profiled profile, Method method, Class<?> type) {
		new AnnotationPlace(method, type, "@Profiled").check(profile.maxLength() > 0, "maxLength", profile.maxLength(),
				"at least 1");
		return profile.maxLength();
	}

	private List<@Nullable String> parameters(Method method, Class<?> type) {
		Method specific = Proxy.isProxyClass(type) ? method : AopUtils.getMostSpecificMethod(method, type);
		@Nullable String @Nullable [] found = this.names.getParameterNames(specific);
		return (found != null) ? Arrays.asList(found) : List.of();
	}

}

package io.dbop.aop;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Map;
import java.util.Set;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ReflectionUtils;

/**
 * Tells which classes have anything to do with a set of annotations: by themselves, by a
 * method, or by what they extend and implement. The start asks that of every bean, and
 * for almost all the answer is no: the hierarchy is gone through once for a bean, where a
 * search from each of its methods would do so for each annotation. Thread-safe.
 */
final class Mentions {

	private final Set<Class<? extends Annotation>> wanted;

	/** Whether an annotation is one of those, or has one as its meta-annotation. */
	private final Map<Class<? extends Annotation>, Boolean> known = new ConcurrentReferenceHashMap<>();

	Mentions(Set<Class<? extends Annotation>> wanted) {
		this.wanted = wanted;
	}

	boolean in(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, this.wanted)) {
			return false;
		}
		if (declaredBy(type)) {
			return true;
		}
		Class<?> superclass = type.getSuperclass();
		if (superclass != null && in(superclass)) {
			return true;
		}
		for (Class<?> each : type.getInterfaces()) {
			if (in(each)) {
				return true;
			}
		}
		return false;
	}

	private boolean declaredBy(Class<?> type) {
		boolean[] found = { on(type) };
		if (!found[0]) {
			ReflectionUtils.doWithLocalMethods(type, (method) -> found[0] |= on(method));
		}
		return found[0];
	}

	private boolean on(AnnotatedElement element) {
		try {
			for (Annotation each : element.getDeclaredAnnotations()) {
				if (this.known.computeIfAbsent(each.annotationType(), this::leadsToWanted)) {
					return true;
				}
			}
			return false;
		}
		catch (RuntimeException | LinkageError ex) {
			// What cannot be read is left to those who look for each annotation.
			return true;
		}
	}

	private boolean leadsToWanted(Class<? extends Annotation> type) {
		return this.wanted.contains(type)
				|| this.wanted.stream().anyMatch((each) -> AnnotatedElementUtils.isAnnotated(type, each));
	}

}

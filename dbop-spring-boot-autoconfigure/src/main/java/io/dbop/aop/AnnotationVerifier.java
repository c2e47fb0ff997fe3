package io.dbop.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Looks at every annotated bean while the application starts, so that a mistake stops it
 * there and not in the middle of the night: annotations where no proxy can work,
 * attributes that are wrong, aliases that do not exist, advice on the wrong side of ours.
 * Of a bean that the start does not create it looks at the class.
 */
public final class AnnotationVerifier implements BeanPostProcessor, SmartInitializingSingleton {

	private final AnnotatedOperations operations;

	private final ConfigurableListableBeanFactory beanFactory;

	private final AdvisorOrderCheck order = new AdvisorOrderCheck();

	private final Map<String, Object> pending = new ConcurrentHashMap<>();

	private volatile boolean started;

	/**
	 * Creates the verifier.
	 * @param operations resolves the annotated methods
	 * @param beanFactory knows the beans that the start does not create
	 */
	public AnnotationVerifier(AnnotatedOperations operations, ConfigurableListableBeanFactory beanFactory) {
		this.operations = operations;
		this.beanFactory = beanFactory;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		Class<?> type = ClassUtils.getUserClass(bean);
		if (!Proxy.isProxyClass(type) && worthLooking(type)) {
			refuseUnproxied(type);
		}
		return bean;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof Advised advised && order.hasOurs(advised)) {
			if (this.started) {
				verify(beanName, bean);
			}
			else {
				this.pending.put(beanName, bean);
			}
		}
		return bean;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.started = true;
		this.pending.forEach(this::verify);
		this.pending.clear();
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			if (!this.beanFactory.containsSingleton(name)) {
				verifyUnborn(name);
			}
		}
	}

	private void verifyUnborn(String beanName) {
		Class<?> found = this.beanFactory.getMergedBeanDefinition(beanName).isAbstract() ? null
				: this.beanFactory.getType(beanName, false);
		if (found == null || Proxy.isProxyClass(found) || !worthLooking(found)) {
			return;
		}
		Class<?> type = ClassUtils.getUserClass(found);
		refuseUnproxied(type);
		ReflectionUtils.doWithMethods(type, (method) -> this.operations.verify(method, type),
				(method) -> intercepted(method, type));
	}

	private void verify(String beanName, Object bean) {
		Advised advised = (Advised) bean;
		Object target = AopProxyUtils.getSingletonTarget(bean);
		Class<?> type = (target != null) ? target.getClass() : advised.getTargetClass();
		if (type == null) {
			return;
		}
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type, (each) -> intercepted(each, type))) {
			if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
				throw unproxied(method, type, "final");
			}
			this.operations.verify(method, type);
			if (Declared.of(method, type).usesDatabase()) {
				this.order.check(advised, method, type, beanName);
			}
		}
		for (Class<?> each : Proxy.isProxyClass(type) ? type.getInterfaces() : new Class<?>[0]) {
			ReflectionUtils.doWithMethods(each, (method) -> this.operations.verify(method, type),
					(method) -> intercepted(method, type));
		}
	}

	private static boolean intercepted(Method method, Class<?> type) {
		int modifiers = method.getModifiers();
		return !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers) && !method.isSynthetic()
				&& !(Proxy.isProxyClass(type) && method.getDeclaringClass() == type) && Declared.of(method, type).any();
	}

	private static boolean worthLooking(Class<?> type) {
		return !type.getName().startsWith("org.springframework.") && Declared.possibleOn(type);
	}

	private static void refuseUnproxied(Class<?> type) {
		ReflectionUtils.doWithMethods(type, (method) -> refuseUnproxied(method, type), Declared::on);
	}

	private static void refuseUnproxied(Method method, Class<?> type) {
		int modifiers = method.getModifiers();
		boolean finalClass = Modifier.isFinal(type.getModifiers())
				&& ClassUtils.getAllInterfacesForClass(type).length == 0;
		String word = Modifier.isPrivate(modifiers) ? "private" : Modifier.isStatic(modifiers) ? "static"
				: Modifier.isFinal(modifiers) ? "final" : finalClass ? "in a final class" : null;
		if (word != null) {
			throw unproxied(method, type, word);
		}
	}

	private static InvalidAnnotationException unproxied(Method method, Class<?> type, String word) {
		return InvalidAnnotationException.on(method, type,
				"it is %s, so that no proxy can intercept it and its annotation would do nothing".formatted(word),
				"Make it a public, non-final method of a non-final class, or use Database.execute inside it.");
	}

}

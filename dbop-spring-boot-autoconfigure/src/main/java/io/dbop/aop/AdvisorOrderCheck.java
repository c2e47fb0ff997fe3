package io.dbop.aop;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.aopalliance.aop.Advice;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.aop.Advisor;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;

/**
 * Says, while the application starts, where another advice stands on the wrong side of
 * ours. Transactions belong inside, so that each attempt gets one of its own; what
 * decides whether the method is called at all belongs outside.
 */
final class AdvisorOrderCheck {

	private static final Log logger = LogFactory.getLog(AdvisorOrderCheck.class);

	private static final List<String> INSIDE = List.of("org.springframework.transaction.");

	private static final Map<String, String> OUTSIDE = Map.of("org.springframework.cache.",
			"@EnableCaching(order = ...)", "org.springframework.scheduling.", "@EnableAsync(order = ...)",
			"org.springframework.aop.interceptor.Async", "@EnableAsync(order = ...)", "org.springframework.security.",
			"@EnableMethodSecurity(offset = ...)", "org.springframework.validation.",
			"the order of the validation advisor");

	private final Set<String> said = ConcurrentHashMap.newKeySet();

	boolean hasOurs(Advised advised) {
		return indexOfOurs(advised.getAdvisors()) >= 0;
	}

	void check(Advised advised, Method method, Class<?> type, String beanName) {
		Advisor[] advisors = advised.getAdvisors();
		int ours = indexOfOurs(advisors);
		for (int i = 0; i < advisors.length; i++) {
			if (i != ours && applies(advisors[i], method, type)) {
				String advice = adviceName(advisors[i]);
				if (i < ours && INSIDE.stream().anyMatch(advice::startsWith)) {
					say(beanName, method, advice, "outside", "so that all attempts share one transaction: "
							+ "give @EnableTransactionManagement an order above " + DbopAdvisor.ORDER);
				}
				else if (i > ours) {
					OUTSIDE.forEach((prefix, remedy) -> {
						if (advice.startsWith(prefix)) {
							say(beanName, method, advice, "inside",
									"so that it runs once per attempt, in the attempt's transaction: use " + remedy
											+ " with a value below " + DbopAdvisor.ORDER);
						}
					});
				}
			}
		}
	}

	private void say(String beanName, Method method, String advice, String side, String consequence) {
		if (this.said.add(beanName + advice + side)) {
			logger.warn("On bean '" + beanName + "', method '" + method.getName() + "', the advice " + advice
					+ " stands " + side + " dbop's, " + consequence);
		}
	}

	private static int indexOfOurs(Advisor[] advisors) {
		for (int i = 0; i < advisors.length; i++) {
			if (advisors[i] instanceof DbopAdvisor) {
				return i;
			}
		}
		return -1;
	}

	private static boolean applies(Advisor advisor, Method method, Class<?> type) {
		return !(advisor instanceof PointcutAdvisor pointcut) || AopUtils.canApply(pointcut.getPointcut(), type)
				&& pointcut.getPointcut().getMethodMatcher().matches(method, type);
	}

	private static String adviceName(Advisor advisor) {
		Advice advice = advisor.getAdvice();
		return advice.getClass().getName();
	}

}

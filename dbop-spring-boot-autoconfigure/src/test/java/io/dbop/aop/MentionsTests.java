package io.dbop.aop;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Set;

import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Mentions}.
 */
class MentionsTests {

	private final Mentions mentions = new Mentions(Set.of(DbRetry.class, CircuitBreaker.class));

	@ParameterizedTest
	@ValueSource(classes = { OnMethod.class, OnPrivateMethod.class, OnClass.class, Composed.class, Inherits.class,
			Implements.class, ImplementsIndirectly.class, OnInterface.class })
	void whenAnAnnotationIsAnywhereInTheHierarchyThenItIsFound(Class<?> type) {
		assertThat(this.mentions.in(type)).isTrue();
	}

	@Test
	void whenThereIsNoneThenNoneIsFound() {
		assertThat(this.mentions.in(Plain.class)).isFalse();
		assertThat(this.mentions.in(ArrayList.class)).isFalse();
		assertThat(this.mentions.in(Object.class)).isFalse();
	}

	@Test
	void whenAProxyImplementsAnAnnotatedInterfaceThenItIsFound() {
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Runnable.class, OnInterfaceMethod.class }, (self, method, arguments) -> null);
		assertThat(this.mentions.in(proxy.getClass())).isTrue();
	}

	@DbRetry
	@Retention(RetentionPolicy.RUNTIME)
	@interface Repeated {

	}

	@Repeated
	@Retention(RetentionPolicy.RUNTIME)
	@interface RepeatedIndirectly {

	}

	interface OnInterfaceMethod {

		@CircuitBreaker
		void call();

	}

	interface Extends extends OnInterfaceMethod {

	}

	@DbRetry
	interface OnInterface {

	}

	static class OnMethod {

		@DbRetry
		void call() {
		}

	}

	static class OnPrivateMethod {

		@DbRetry
		private static void call() {
		}

	}

	@CircuitBreaker
	static class OnClass {

	}

	static class Composed {

		@RepeatedIndirectly
		void call() {
		}

	}

	static class Inherits extends OnMethod {

	}

	abstract static class Implements implements OnInterfaceMethod {

	}

	abstract static class ImplementsIndirectly extends ArrayList<String> implements Extends {

	}

	@Deprecated
	static class Plain extends ArrayList<String> {

		@Override
		@SuppressWarnings("deprecation")
		public String toString() {
			return "";
		}

	}

}

package io.dbop.aop;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import io.dbop.annotation.DbRetry;
import io.dbop.test.Applications;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What callers get in place of a result. */
class AnswersTests {

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext application;

	private final Flaky flaky = application.getBean(Flaky.class);

	@BeforeAll
	static void start() {
		application = Applications.start(Beans.class, Applications.inMemory("main"),
				"dbop.databases.main.retry.max-retries=1", "dbop.databases.main.retry.initial-delay=1ms");
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@BeforeEach
	void fail() {
		this.flaky.fail(Integer.MAX_VALUE);
	}

	@Test
	@DisplayName("R4: without raising, each type has its default")
	void whenNotRaisingThenTheDefaultOfTheReturnTypeComesBack() {
		Defaults defaults = application.getBean(Defaults.class);
		defaults.nothing();
		assertThat(this.flaky.attempts()).isEqualTo(2);
		assertThat(defaults.truth()).isFalse();
		assertThat(defaults.integer()).isZero();
		assertThat(defaults.floating()).isZero();
		assertThat(defaults.character()).isEqualTo((char) 0);
		assertThat(defaults.text()).isNull();
		assertThat(defaults.boxed()).isNull();
		assertThat(defaults.optional()).isEmpty();
		assertThat(defaults.optionalInt()).isEmpty();
		assertThat(defaults.list()).isEmpty();
		assertThat(defaults.collection()).isEmpty();
		assertThat(defaults.set()).isEmpty();
		assertThat(defaults.map()).isEmpty();
		assertThat(defaults.array()).isEmpty();
	}

	@Test
	@DisplayName("R4: without raising, the default is that of the type which a type parameter stands for")
	void whenTheReturnTypeIsGenericThenItsDefaultComesBack() {
		assertThat(application.getBean(Overriding.class).find()).isEmpty();
		assertThat(application.getBean(Inheriting.class).find()).isEmpty();
		assertThat(this.flaky.attempts()).isEqualTo(4);
	}

	@Test
	@DisplayName("R4: without raising, errors are thrown all the same")
	void whenNotRaisingThenErrorsPass() {
		assertThatExceptionOfType(LinkageError.class).isThrownBy(application.getBean(Defaults.class)::error);
	}

	@Test
	void whenThereIsAFallbackThenItAnswersWithTheFailure() {
		assertThat(application.getBean(Fallbacks.class).find("a")).isEqualTo("a after deadlock");
		assertThat(this.flaky.attempts()).isEqualTo(2);
		assertThat(application.getBean(Fallbacks.class).withoutFailure(3)).isEqualTo(4);
	}

	@Test
	void whenItSucceedsAtLastThenTheFallbackIsNotAsked() {
		this.flaky.fail(1);
		assertThat(application.getBean(Fallbacks.class).find("a")).isEqualTo("2");
	}

	@Test
	void whenTheFallbackTakesAnotherFailureThenThatOfTheMethodIsThrown() {
		assertThatExceptionOfType(CannotAcquireLockException.class)
			.isThrownBy(application.getBean(Fallbacks.class)::choosy);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Flaky.class, Defaults.class, Overriding.class, Inheriting.class, Fallbacks.class })
	static class Beans {

	}

	abstract static class Finding<T> {

		final Flaky flaky;

		Finding(Flaky flaky) {
			this.flaky = flaky;
		}

		T find() {
			this.flaky.attempt();
			throw new AssertionError("the attempt fails");
		}

	}

	@DbRetry(raises = false)
	static class Overriding extends Finding<Optional<String>> {

		Overriding(Flaky flaky) {
			super(flaky);
		}

		@Override
		Optional<String> find() {
			return super.find();
		}

	}

	@DbRetry(raises = false)
	static class Inheriting extends Finding<List<String>> {

		Inheriting(Flaky flaky) {
			super(flaky);
		}

	}

	@DbRetry(raises = false)
	static class Defaults {

		private final Flaky flaky;

		Defaults(Flaky flaky) {
			this.flaky = flaky;
		}

		void nothing() {
			this.flaky.attempt();
		}

		boolean truth() {
			return this.flaky.attempt() > 0;
		}

		int integer() {
			return this.flaky.attempt();
		}

		double floating() {
			return this.flaky.attempt();
		}

		char character() {
			return (char) this.flaky.attempt();
		}

		@Nullable String text() {
			return "" + this.flaky.attempt();
		}

		@Nullable Integer boxed() {
			return this.flaky.attempt();
		}

		Optional<Integer> optional() {
			return Optional.of(this.flaky.attempt());
		}

		OptionalInt optionalInt() {
			return OptionalInt.of(this.flaky.attempt());
		}

		List<Integer> list() {
			return List.of(this.flaky.attempt());
		}

		Collection<Integer> collection() {
			return List.of(this.flaky.attempt());
		}

		Set<Integer> set() {
			return Set.of(this.flaky.attempt());
		}

		Map<Integer, Integer> map() {
			return Map.of(this.flaky.attempt(), 1);
		}

		int[] array() {
			return new int[] { this.flaky.attempt() };
		}

		void error() {
			throw new LinkageError("no such class");
		}

	}

	static class Fallbacks {

		private final Flaky flaky;

		Fallbacks(Flaky flaky) {
			this.flaky = flaky;
		}

		@DbRetry(fallback = "instead")
		String find(String key) {
			return "" + this.flaky.attempt();
		}

		@SuppressWarnings("UnusedMethod")
		private String instead(String key, Exception failure) {
			return key + " after " + failure.getMessage();
		}

		@DbRetry(fallback = "successor")
		int withoutFailure(int number) {
			return this.flaky.attempt();
		}

		int successor(int number) {
			return number + 1;
		}

		@DbRetry(fallback = "forIllegalState")
		void choosy() {
			this.flaky.attempt();
		}

		void forIllegalState(IllegalStateException failure) {
			throw failure;
		}

	}

}

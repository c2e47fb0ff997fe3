package io.dbop.aop;

import java.lang.reflect.Method;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Methods that answer in place of others. */
class FallbackMethodTests {

	@Test
	void whenTheCallComesByAGenericInterfaceThenTheParametersAreThoseOfTheClass() throws Exception {
		Method erased = Handler.class.getDeclaredMethod("handle", Object.class);
		assertThat(FallbackMethod.of("instead", erased, Lengths.class).method())
			.isEqualTo(Lengths.class.getDeclaredMethod("instead", String.class));
	}

	interface Handler<T> {

		int handle(T value);

	}

	static class Lengths implements Handler<String> {

		@Override
		public int handle(String value) {
			return value.length();
		}

		int instead(String value) {
			return 0;
		}

	}

}

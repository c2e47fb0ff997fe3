package io.dbop.circuit;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BreakerRegistryTests {

	private final BreakerRegistry registry = new BreakerFixture().registry;

	private static BreakerSettings threshold(int threshold) {
		return new BreakerSettings(threshold, Duration.ofSeconds(60), Duration.ofSeconds(30), 3,
				BreakerSettings.Recovery.TIME, Duration.ofMillis(500));
	}

	@Test
	void whenAskedTwiceThenSameBreaker() {
		Breaker breaker = this.registry.breaker("main");
		assertThat(this.registry.breaker("main")).isSameAs(breaker);
		assertThat(breaker.name()).isEqualTo("main");
		assertThat(breaker.alias()).isEqualTo("main");
		assertThat(breaker.settings()).isEqualTo(BreakerSettings.defaults());
		assertThat(this.registry.all()).containsExactly(breaker);
	}

	@Test
	void whenAliasIsDefinedThenItsBreakerHasItsSettings() {
		this.registry.define("main", threshold(2), null);
		BreakerFixture.fail(this.registry.breaker("main"), 2);
		assertThat(this.registry.breaker("main").state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void whenNamedThenShared() {
		Breaker breaker = this.registry.breaker("orders", "main", threshold(2));
		assertThat(this.registry.breaker("orders", "main", threshold(2))).isSameAs(breaker);
		assertThat(this.registry.breaker("main")).isNotSameAs(breaker);
	}

	@Test
	void whenSameNameHasOtherSettingsThenRefused() {
		this.registry.breaker("orders", "main", threshold(2));
		assertThatExceptionOfType(InvalidBreakerException.class)
			.isThrownBy(() -> this.registry.breaker("orders", "main", threshold(3)))
			.withMessageContaining("'orders' of database 'main'")
			.withMessageContaining("failureThreshold=2")
			.withMessageContaining("failureThreshold=3");
	}

	@Test
	void whenSameNameHasOtherAliasThenRefused() {
		this.registry.breaker("orders", "main", threshold(2));
		assertThatExceptionOfType(InvalidBreakerException.class)
			.isThrownBy(() -> this.registry.breaker("orders", "reporting", threshold(2)))
			.withMessageContaining("'reporting'");
		assertThatExceptionOfType(InvalidBreakerException.class).isThrownBy(() -> this.registry.breaker("orders"));
	}

	@Test
	void whenAliasIsDefinedTwiceWithOtherSettingsThenRefused() {
		this.registry.define("main", threshold(2), null);
		this.registry.define("main", threshold(2), null);
		assertThatExceptionOfType(InvalidBreakerException.class)
			.isThrownBy(() -> this.registry.define("main", threshold(3), null));
	}

	@Test
	void whenAliasIsRemovedThenItStartsAnew() {
		this.registry.define("main", threshold(2), null);
		Breaker before = this.registry.breaker("main");
		Breaker other = this.registry.breaker("other");
		this.registry.remove("main");
		this.registry.define("main", threshold(3), null);
		assertThat(this.registry.breaker("main")).isNotSameAs(before);
		assertThat(this.registry.breaker("other")).isSameAs(other);
	}

}

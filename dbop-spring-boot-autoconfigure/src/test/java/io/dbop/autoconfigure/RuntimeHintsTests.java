package io.dbop.autoconfigure;

import java.util.function.Predicate;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.autoconfigure.DatabaseProperties.CircuitBreakerProperties;
import io.dbop.autoconfigure.DatabaseProperties.PoolProperties;
import io.dbop.autoconfigure.DatabaseProperties.RetryProperties;
import io.dbop.execution.ExecutionSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.proxies;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

/** What a native image is told of, as Spring finds it. */
@DisplayName("B3: native hints")
class RuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	RuntimeHintsTests() {
		ClassLoader classLoader = getClass().getClassLoader();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories", classLoader)
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("io.dbop."))
			.forEach((registrar) -> registrar.registerHints(this.hints, classLoader));
	}

	@ParameterizedTest
	@ValueSource(classes = { DbopProperties.class, DatabaseProperties.class, PoolProperties.class,
			RetryProperties.class, CircuitBreakerProperties.class, DbopProperties.SlowQueryProperties.class })
	void whenPropertiesAreBoundThenTheirConstructorsAreKept(Class<?> type) {
		accept(reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]));
	}

	@Test
	void whenHikariIsConfiguredByNameThenItsSettersAreKept() {
		accept(reflection().onMethodInvocation(HikariConfig.class, "setMaxLifetime"));
	}

	@Test
	void whenAPoolIsPutBehindAnInterfaceProxyThenTheProxyIsKnown() {
		try (HikariDataSource pool = new HikariDataSource()) {
			accept(proxies().forInterfaces(new ProxyFactory(pool).getProxy().getClass().getInterfaces()));
		}
	}

	@Test
	void whenAnnotationsAreVerifiedThenTheProxyOfTheSpecIsKnown() {
		accept(proxies().forInterfaces(ExecutionSpec.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.postgresql.Driver", "org.mariadb.jdbc.Driver", "com.mysql.cj.jdbc.Driver",
			"org.sqlite.JDBC", "org.h2.Driver" })
	void whenADriverIsLoadedByNameThenItsConstructorIsKept(String driver) {
		accept(reflection().onType(TypeReference.of(driver))
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
	}

	private void accept(Predicate<RuntimeHints> predicate) {
		assertThat(predicate).accepts(this.hints);
	}

}

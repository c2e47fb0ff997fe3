package io.dbop.autoconfigure;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** Every wrong property stops the start with its name and what is allowed. */
class InvalidPropertyTests {

	private final ApplicationContextRunner runner = Contexts.jdbc();

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			retry.max-retries                 | -1       | must be 0 (no retry) or more
			retry.max-retries                 | many     | must be a whole number
			retry.jitter                      | 1.5      | between 0 and 1
			retry.jitter                      | -0.1     | between 0 and 1
			retry.multiplier                  | 0.5      | at least 1
			retry.initial-delay               | -1s      | must not be negative
			retry.max-delay                   | 10ms     | not be less than 'initial-delay'
			retry.total-timeout               | 0s       | at least 1ms
			retry.attempt-timeout             | 0s       | at least 1ms
			retry.max-delay-in-transaction    | -1ms     | must not be negative
			retry.budget.share                | 1.5      | between 0 and 1
			retry.budget.share                | -0.1     | between 0 and 1
			retry.budget.burst                | -1       | must not be negative
			retry.budget.enabled              | perhaps  | must be true or false
			retry.initial-delay               | soon     | a duration, such as
			connection-acquisition-timeout    | 0s       | at least 1 ms
			pool-creation-timeout             | -5s      | at least 1 ms
			query-execution-timeout           | 0s       | at least 1 ms
			lock-timeout                      | 0s       | at least 1 ms
			connection-creation-timeout       | 0s       | at least 1 ms
			pool.max                          | 0        | at least 1
			pool.min                          | -1       | must not be negative
			circuit-breaker.failure-threshold | 0        | llowed is 1 to 10000
			circuit-breaker.window-size       | 0s       | llowed is 10ms to
			circuit-breaker.recovery-timeout  | -1s      | llowed is 10ms to
			circuit-breaker.half-open-max-calls | 0      | llowed is 1 to 10000
			circuit-breaker.recovery          | never    | one of probe, time
			startup                           | eager    | one of fail, wait, lazy
			mode                              | off      | one of enabled, observe
			env                               | moon     | one of prod, dev, test, staging
			port                              | 70000    | between 1 and 65535
			port                              | http     | must be a whole number
			primary                           | perhaps  | must be true or false
			entity.mode                       | grow     | one of evolve, create, validate, none
			entity.modes.users                | grow     | one of evolve, create, validate, none
			entity.on-type-conflict           | guess    | one of refuse, text
			entity.max-fields                 | 0        | at least 1
			entity.schema-lock-timeout        | 0s       | at least 1ms
			entity.writer.threads             | 0        | at least 1
			entity.writer.max-rows            | 0        | at least 1
			entity.writer.capacity            | 0        | at least 1
			entity.writer.max-delay           | -1ms     | must not be negative
			entity.writer.max-wait            | -1ms     | must not be negative
			entity.writer.max-wait            | long     | a duration, such as
			replica.max-lag                   | 0s       | at least 1ms
			replica.stickiness                | -1s      | must not be negative
			replica.check-interval            | 0s       | at most half of 'replica.max-lag' (10000ms)
			replica.check-interval            | 6s       | at most half of 'replica.max-lag' (10000ms)
			replica.check-interval            | 10ms     | at least 1ms and 11ms
			replica.without                   | wait     | one of primary, fail
			replicas                          | other    | has none that could be asked how far they are
			""")
	void whenAValueIsWrongThenTheStartSaysSo(String property, String value, String allowed) {
		FailureAnalysis analysis = analysis("dbop.databases.main.type=h2", "dbop.databases.main.database=mem:wrong",
				"dbop.databases.main." + property + "=" + value);
		assertThat(analysis.getDescription()).contains("dbop.databases.main." + property).contains(allowed);
		assertThat(analysis.getDescription()).containsAnyOf("Value: \"" + value + "\"", "is '" + value, "ms");
		assertThat(analysis.getAction()).contains("dbop.databases.main." + property);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			threshold          | -1s   | between 0 (no log) and
			threshold          | 9999d | between 0 (no log) and
			threshold          | long  | a duration, such as
			parameters         | some  | one of full, masked, none
			sensitive-names[0] | --    | a letter or digit
			""")
	void whenAValueOfTheSlowLogIsWrongThenTheStartSaysSo(String property, String value, String allowed) {
		String name = "dbop.slow-query." + property;
		for (String database : new String[] { "dbop.databases.main.url=jdbc:h2:mem:wrong", "none=x" }) {
			FailureAnalysis analysis = analysis(database, name + "=" + value);
			assertThat(analysis.getDescription()).contains(name.replace("[0]", "")).contains(allowed);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			mode                | grow | one of evolve, create, validate, none
			on-type-conflict    | no   | one of refuse, text
			max-fields          | 0    | at least 1
			schema-lock-timeout | 0s   | at least 1ms
			writer.threads      | 0    | at least 1
			writer.max-delay    | -1ms | must not be negative
			max-field           | 7    | Did you mean 'max-fields'?
			""")
	void whenAValueForEntitiesIsWrongThenTheStartSaysSo(String property, String value, String allowed) {
		String name = "dbop.entity." + property;
		for (String database : new String[] { "dbop.databases.main.url=jdbc:h2:mem:wrong", "none=x" }) {
			assertThat(analysis(database, name + "=" + value).getDescription()).contains(name).contains(allowed);
		}
	}

	@Test
	void whenAReplicaIsBlankThenTheSecretsOfTheOthersAreNotTold() {
		this.runner
			.withPropertyValues("dbop.databases.main.url=jdbc:mysql://h/d",
					"dbop.databases.main.replicas[0]=jdbc:mysql://u:hush@r/d", "dbop.databases.main.replicas[1]=")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("dbop.databases.main.replicas")
				.hasMessageNotContaining("hush"));
	}

	@Test
	void whenAPropertyOfAGroupWithinAGroupIsMisspeltThenItsNeighboursAreListed() {
		assertThat(analysis("dbop.databases.main.url=jdbc:h2:mem:wrong", "dbop.databases.main.retry.budget.shar=1")
			.getDescription()).contains("retry.budget.shar", "Did you mean 'share'?", "enabled, share, burst");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:mem:wrong", "jdbc:sqlite:target/wrong.db" })
	void whenADatabaseInTheProcessIsToHaveReplicasThenTheStartSaysSo(String url) {
		assertThat(analysis("dbop.databases.main.url=" + url, "dbop.databases.main.replicas=one,two").getDescription())
			.contains("dbop.databases.main.replicas", "Remove this property");
	}

	@Test
	void whenMinIsMoreThanMaxThenTheStartSaysSo() {
		assertThat(analysis("dbop.databases.main.url=jdbc:h2:mem:wrong", "dbop.databases.main.pool.min=5",
				"dbop.databases.main.pool.max=3")
			.getDescription()).contains("dbop.databases.main.pool.min", "5", "not be more than 'pool.max' (3)");
	}

	@Test
	void whenTheTypeIsUnknownThenTheKnownOnesAreListed() {
		assertThat(analysis("dbop.databases.main.type=orakel", "dbop.databases.main.database=shop").getDescription())
			.contains("dbop.databases.main.type", "orakel", "postgresql", "mariadb", "mysql", "sqlite", "h2", "hsqldb");
	}

	@ParameterizedTest
	@CsvSource({ "host, localhost", "port, 5432", "database, shop", "hosts, 'a,b'" })
	void whenUrlAndPartsAreBothSetThenOneHasToGo(String property, String value) {
		FailureAnalysis analysis = analysis("dbop.databases.main.url=jdbc:h2:mem:x;PASSWORD=geheim",
				"dbop.databases.main." + property + "=" + value);
		assertThat(analysis.getDescription()).contains("dbop.databases.main." + property, "dbop.databases.main.url")
			.doesNotContain("geheim");
	}

	@Test
	void whenThereIsAHostButNoTypeThenTheTypeIsAskedFor() {
		assertThat(analysis("dbop.databases.main.host=localhost", "dbop.databases.main.database=shop").getDescription())
			.contains("dbop.databases.main.type", "'postgresql'");
	}

	@Test
	void whenTheDatabaseOfAServerIsMissingThenItIsAskedFor() {
		assertThat(analysis("dbop.databases.main.type=postgresql").getDescription())
			.contains("dbop.databases.main.database");
	}

	@Test
	void whenAPropertyIsUnknownThenTheClosestIsOffered() {
		FailureAnalysis analysis = analysis("dbop.databases.main.url=jdbc:h2:mem:x",
				"dbop.databases.main.passwort=geheim");
		assertThat(analysis.getDescription()).contains("dbop.databases.main.passwort", "Did you mean 'password'?")
			.doesNotContain("geheim");
		assertThat(analysis("dbop.databases.main.retry.max-retry=3").getDescription())
			.contains("dbop.databases.main.retry.max-retry", "Did you mean 'max-retries'?");
		assertThat(analysis("dbop.slow-query.treshold=1s").getDescription()).contains("dbop.slow-query.treshold",
				"Did you mean 'threshold'?");
		assertThat(analysis("dbop.enable=false").getDescription()).contains("dbop.enable", "Did you mean 'enabled'?");
	}

	@Test
	void whenAUrlIsNoJdbcUrlThenItIsShownWithoutItsSecrets() {
		assertThat(analysis("dbop.databases.main.url=postgres://shop:geheim@localhost/shop?password=geheim")
			.getDescription()).contains("dbop.databases.main.url", "localhost/shop").doesNotContain("geheim");
	}

	@Test
	void whenAliasesAreAlikeThenTheStartSaysWhich() {
		assertThat(analysis("dbop.databases.order-db.url=jdbc:h2:mem:one", "dbop.databases.orderDb.url=jdbc:h2:mem:two")
			.getDescription()).contains("An alias must differ from others", "orderDb", "order-db");
	}

	@Test
	void whenTwoAreMarkedAsPrimaryThenTheStartSaysWhich() {
		assertThat(analysis("dbop.databases.one.url=jdbc:h2:mem:one", "dbop.databases.one.primary=true",
				"dbop.databases.two.url=jdbc:h2:mem:two", "dbop.databases.two.primary=true")
			.getDescription()).contains("dbop.databases.two.primary", "'one' is that already");
	}

	@Test
	void whenItIsNotClearWhichIsPrimaryThenTheStartAsks() {
		assertThat(analysis("dbop.databases.one.url=jdbc:h2:mem:one", "dbop.databases.two.url=jdbc:h2:mem:two")
			.getDescription()).contains("one, two", "'primary: true'");
	}

	@Test
	void whenSpringsIsThereThenNoneOfOursCanBePrimary() {
		assertThat(analysis("spring.datasource.url=jdbc:h2:mem:boot", "dbop.databases.one.url=jdbc:h2:mem:one",
				"dbop.databases.one.primary=true")
			.getDescription()).contains("dbop.databases.one.primary", "spring.datasource");
		assertThat(analysis("spring.datasource.url=jdbc:h2:mem:boot", "dbop.databases.default.url=jdbc:h2:mem:one")
			.getDescription()).contains("dbop.databases.default", "spring.datasource");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			threshold | 0s      | at least 1ms
			period    | -5s     | at least 1ms
			period    | often   | a duration, such as
			enabled   | perhaps | must be true or false
			treshold  | 5m      | Did you mean 'threshold'
			""")
	void whenLeakDetectionIsConfiguredWronglyThenTheStartSaysSo(String property, String value, String allowed) {
		assertThat(
				analysis("dbop.databases.main.url=jdbc:h2:mem:wrong", "dbop.leak-detection." + property + "=" + value)
					.getDescription())
			.contains("dbop.leak-detection." + property)
			.contains(allowed);
	}

	@Test
	void whenADatabaseIsToComeLaterThenItsEntryHasNoLocation() {
		assertThat(analysis("dbop.databases.tenant.url=jdbc:h2:mem:one", "dbop.databases.tenant.at-run-time=true")
			.getDescription()).contains("dbop.databases.tenant.at-run-time", "Remove one of the two");
		assertThat(analysis("dbop.databases.main.url=jdbc:h2:mem:one", "dbop.databases.tenant.retry.max-retries=1")
			.getDescription()).contains("dbop.databases.tenant", "set 'at-run-time'");
		assertThat(analysis("dbop.databases.main.url=jdbc:h2:mem:one", "dbop.databases.tenant.at-run-time=true",
				"dbop.databases.tenant.primary=true")
			.getDescription()).contains("dbop.databases.tenant.primary", "cannot be the primary one");
	}

	@Test
	void whenAnAliasHasADotAndNoBracketsThenTheStartSaysWhatIsAllowed() {
		assertThat(analysis("dbop.databases.shop.eu.url=jdbc:h2:mem:one").getDescription())
			.contains("dbop.databases.shop.eu", "no such property");
	}

	@Test
	void whenAnAliasIsNoNameThenTheStartSaysWhatIs() {
		assertThat(analysis("dbop.databases[my db].url=jdbc:h2:mem:one").getDescription()).contains("my db",
				"letters, digits");
	}

	@ParameterizedTest
	@CsvSource({ "pool.max, 5", "startup, lazy", "username, me", "hikari.max-lifetime, 1m",
			"connection-acquisition-timeout, 3s" })
	void whenAnEntryHasNoLocationThenPoolSettingsAreRefused(String property, String value) {
		assertThat(
				analysis("spring.datasource.url=jdbc:h2:mem:boot", "dbop.databases.default." + property + "=" + value)
					.getDescription())
			.contains("dbop.databases.default.", "neither 'url' nor 'type'");
	}

	@Test
	void whenAnEntryHasSettingsForADataSourceThatIsNotThereThenTheStartSaysSo() {
		assertThat(analysis("spring.datasource.url=jdbc:h2:mem:boot", "dbop.databases.orders.retry.max-retries=5")
			.getDescription()).contains("dbop.databases.orders", "default");
	}

	@Test
	void whenAHikariSettingIsUnknownThenTheStartSaysSo() {
		assertThat(analysis("dbop.databases.main.url=jdbc:h2:mem:x", "dbop.databases.main.hikari.max-lifetim=3m")
			.getDescription()).contains("dbop.databases.main.hikari.max-lifetim");
	}

	private FailureAnalysis analysis(String... properties) {
		FailureAnalysis[] found = new FailureAnalysis[1];
		this.runner.withPropertyValues(properties).run((context) -> {
			assertThat(context).hasFailed();
			found[0] = Contexts.analyze(context.getStartupFailure());
		});
		return Objects.requireNonNull(found[0]);
	}

}

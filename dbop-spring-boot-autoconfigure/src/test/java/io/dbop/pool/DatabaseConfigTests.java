package io.dbop.pool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DatabaseConfig}, its hash and {@link PoolSize}.
 */
class DatabaseConfigTests {

	private static final Dialects DIALECTS = new Dialects(List.of());

	private static final long GIGABYTE = 1L << 30;

	@Test
	void whenNothingIsSetThenDefaultsHold() {
		DatabaseConfig config = DatabaseConfig.builder("main").type("postgresql").build();
		assertThat(config.host()).isEqualTo("localhost");
		assertThat(config.connectionAcquisitionTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(config.poolCreationTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(config.queryExecutionTimeout()).isEqualTo(Duration.ofSeconds(60));
		assertThat(config.connectionCreationTimeout()).isEqualTo(Duration.ofSeconds(15));
		assertThat(config.startup()).isEqualTo(StartupMode.FAIL);
	}

	@Test
	void whenHashedThenItIsTheSameEverywhere() {
		assertThat(config((builder) -> builder).hash()).isEqualTo("a93f77fcde1a39a4").hasSize(16);
	}

	@Test
	void whenOnlyNameOrSecretsDifferThenTheHashIsTheSame() {
		String hash = config((builder) -> builder).hash();
		assertThat(config((builder) -> builder.password("other").env("prod")).hash()).isEqualTo(hash);
		assertThat(DatabaseConfig.builder("other")
			.type("postgresql")
			.database("shop")
			.username("app")
			.password("secret")
			.hikari(Map.of("b", "2", "a", "1"))
			.build()
			.hash()).isEqualTo(hash);
	}

	@Test
	void whenAnythingElseDiffersThenTheHashDoes() {
		String hash = config((builder) -> builder).hash();
		List<UnaryOperator<DatabaseConfigBuilder>> changes = List.of((builder) -> builder.type("mysql"),
				(builder) -> builder.url("jdbc:x:y"), (builder) -> builder.host("h"), (builder) -> builder.port(1),
				(builder) -> builder.hosts(List.of("a")), (builder) -> builder.database("d"),
				(builder) -> builder.username("u"), (builder) -> builder.driverClassName("d"),
				(builder) -> builder.connectionAcquisitionTimeout(Duration.ofSeconds(1)),
				(builder) -> builder.poolCreationTimeout(Duration.ofSeconds(1)),
				(builder) -> builder.queryExecutionTimeout(Duration.ofSeconds(1)),
				(builder) -> builder.connectionCreationTimeout(Duration.ofSeconds(1)), (builder) -> builder.poolMin(1),
				(builder) -> builder.poolMax(1), (builder) -> builder.hikari(Map.of("a", "2")),
				(builder) -> builder.startup(StartupMode.LAZY));
		assertThat(changes).extracting((change) -> config(change).hash()).doesNotContain(hash).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@CsvSource({ "'jdbc:postgresql://h/d?user=u&password=geheim&ssl=true'", "'jdbc:mysql://u:geheim@h:3306/d'",
			"'jdbc:mysql://address=(host=h)(user=u)(password=geheim)/d'", "'jdbc:h2:tcp://h/d;USER=u;PASSWORD=geheim'",
			"'jdbc:oracle:thin:u/geheim@h:1521/d'", "'jdbc:sqlserver://h;databaseName=d;password=geheim;encrypt=true'",
			"'jdbc:mariadb://h/d?trustStorePassword=geheim'",
			"'jdbc:postgresql://h/d?user=u&password=S,geheim)x;geheim&ssl=true'",
			"'jdbc:h2:mem:h;PASSWORD=a,geheim;USER=u'", "'jdbc:mysql://u:p,geheim@h/d'",
			"'jdbc:mysql://u:p@geheim@h/d'", "'jdbc:mysql://u:p/geheim@h/d'",
			"'jdbc:mysql://u:geheim@h,v:geheim@i/d'" })
	void whenShownThenThereIsNoSecret(String url) {
		DatabaseConfig config = config((builder) -> builder.url(url).hikari(Map.of("password", "geheim")));
		assertThat(config.toString()).doesNotContain("geheim").doesNotContain("secret").contains("***");
		assertThat(JdbcUrls.withoutSecrets(url)).doesNotContain("geheim").contains("h");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:postgresql://localhost:5432/shop", "jdbc:sqlite:/tmp/a:b@c.db", "jdbc:h2:mem:x" })
	void whenThereIsNoSecretThenTheUrlIsShownWhole(String url) {
		assertThat(JdbcUrls.withoutSecrets(url)).isEqualTo(url);
	}

	@Test
	void whenAValueCannotWorkThenThePropertyIsNamed() {
		refused("port", (builder) -> builder.port(70000), "70000");
		refused("env", (builder) -> builder.env("production"), "prod, dev, test, staging");
		refused("url", (builder) -> builder.url("postgres://u:geheim@h/d"), "JDBC");
		refused("url", (builder) -> builder.type(null), "type");
		refused("connection-acquisition-timeout",
				(builder) -> builder.connectionAcquisitionTimeout(Duration.ofSeconds(-1)), "at least 1 ms");
		refused("pool.max", (builder) -> builder.poolMax(0), "at least 1");
		refused("pool.min", (builder) -> builder.poolMin(3).poolMax(2), "pool.max");
		assertThatExceptionOfType(InvalidDatabaseConfigException.class)
			.isThrownBy(() -> DatabaseConfig.builder("no alias").type("h2").build())
			.withMessageContaining("alias");
	}

	@Test
	void whenSizesAreComputedThenTheFormulaHolds() {
		Dialect postgres = DIALECTS.findByName("postgresql");
		assertThat(size(postgres, "jdbc:postgresql:x", 2, 16 * GIGABYTE)).isEqualTo(new PoolSize(3, 20));
		assertThat(size(postgres, "jdbc:postgresql:x", 16, 16 * GIGABYTE)).isEqualTo(new PoolSize(8, 64));
		assertThat(size(postgres, "jdbc:postgresql:x", 16, GIGABYTE)).isEqualTo(new PoolSize(8, 16));
		assertThat(size(postgres, "jdbc:postgresql:x", 2, GIGABYTE / 100)).isEqualTo(new PoolSize(1, 1));
	}

	@Test
	void whenSizesAreSetThenTheyHold() {
		Dialect postgres = DIALECTS.findByName("postgresql");
		DatabaseConfig max = config((builder) -> builder.poolMax(2));
		assertThat(PoolSize.of(max, postgres, "jdbc:postgresql:x", 8, GIGABYTE)).isEqualTo(new PoolSize(2, 2));
		DatabaseConfig min = config((builder) -> builder.poolMin(50));
		assertThat(PoolSize.of(min, postgres, "jdbc:postgresql:x", 8, GIGABYTE)).isEqualTo(new PoolSize(50, 50));
	}

	@Test
	void whenTheDatabaseHasASingleWriterThenThePoolIsSmall() {
		Dialect sqlite = DIALECTS.findByName("sqlite");
		assertThat(size(sqlite, "jdbc:sqlite:shop.db", 64, 64 * GIGABYTE)).isEqualTo(new PoolSize(1, 5));
		assertThat(size(sqlite, "jdbc:sqlite::memory:", 64, 64 * GIGABYTE)).isEqualTo(new PoolSize(1, 1));
		assertThat(size(sqlite, "jdbc:sqlite:", 64, 64 * GIGABYTE)).isEqualTo(new PoolSize(1, 1));
		DatabaseConfig two = config((builder) -> builder.poolMax(2));
		assertThatExceptionOfType(InvalidDatabaseConfigException.class)
			.isThrownBy(() -> PoolSize.of(two, sqlite, "jdbc:sqlite::memory:", 8, GIGABYTE))
			.withMessageContaining("pool.max");
	}

	private static PoolSize size(Dialect dialect, String url, int cpus, long memory) {
		return PoolSize.of(config((builder) -> builder), dialect, url, cpus, memory);
	}

	private static void refused(String property, UnaryOperator<DatabaseConfigBuilder> change, String because) {
		assertThatExceptionOfType(InvalidDatabaseConfigException.class).isThrownBy(() -> config(change))
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo(property))
			.withMessageContaining("dbop.databases.main." + property)
			.withMessageContaining(because)
			.withMessageNotContaining("geheim");
	}

	private static DatabaseConfig config(UnaryOperator<DatabaseConfigBuilder> change) {
		return change
			.apply(DatabaseConfig.builder("main")
				.type("postgresql")
				.database("shop")
				.username("app")
				.password("secret")
				.hikari(Map.of("a", "1", "b", "2")))
			.build();
	}

}

package io.dbop.entity;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Columns that become others, and instances that know them as they were. */
@EachDatabase
class WideningTests {

	private final EntityFixture fixture;

	private final EntityFixture other;

	private final EntityOperations ahead;

	private final EntityOperations behind;

	WideningTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.other = new EntityFixture(instance);
		this.ahead = this.fixture.entities();
		this.behind = this.other.entities();
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.other.close();
	}

	@Test
	@DisplayName("V5 what no decimal holds is read as before by those who have not seen that doubles became decimals")
	void whenDoublesBecomeDecimalsThenOthersReadThemAsTheyWere() {
		List<Double> numbers = List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-31, 0.1,
				Double.MAX_VALUE);
		for (int i = 0; i < numbers.size(); i++) {
			this.ahead.save("things", "n" + i, Map.of("v", numbers.get(i)));
		}
		assertThat(this.behind.find("things", EntityQuery.all())).hasSize(numbers.size());
		this.ahead.save("things", "x", Map.of("v", new BigDecimal("0.5")));
		for (int i = 0; i < numbers.size(); i++) {
			assertThat(number(this.behind.get("things", "n" + i).orElseThrow())).isEqualTo(numbers.get(i));
			assertThat(number(this.behind.history("things", "n" + i).get(0).record())).isEqualTo(numbers.get(i));
		}
	}

	@Test
	@DisplayName("V5 where numbers are written with other digits")
	void whenTheLocaleHasOtherDigitsThenDoublesBecomeDecimalsAllTheSame() {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
		try {
			this.ahead.save("things", "a", Map.of("v", 0.1));
			this.ahead.save("things", "b", Map.of("v", new BigDecimal("0.50")));
			assertThat(number(this.ahead.get("things", "a").orElseThrow())).isEqualTo(0.1);
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	@DisplayName("V5 H2 what was written as a double into a column of decimals can be read")
	void whenDoublesAreWrittenWhereThereAreDecimalsByNowThenTheyAreRead() {
		this.ahead.save("things", "a", Map.of("v", 0.5));
		assertThat(this.behind.get("things", "a")).isPresent();
		this.ahead.save("things", "x", Map.of("v", new BigDecimal("0.5")));
		List<Double> numbers = List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
		for (int i = 0; i < numbers.size(); i++) {
			this.behind.save("things", "n" + i, Map.of("v", numbers.get(i)));
		}
		assertThat(this.ahead.find("things", EntityQuery.all())).hasSize(2 + numbers.size());
		for (int i = 0; i < numbers.size(); i++) {
			assertThat(number(this.ahead.get("things", "n" + i).orElseThrow())).isEqualTo(numbers.get(i));
			assertThat(number(this.ahead.history("things", "n" + i).get(0).record())).isEqualTo(numbers.get(i));
		}
	}

	@Test
	@DisplayName("V5 C1 what was written as a double into a column of decimals can be read from a cache")
	void whenADoubleAmongDecimalsIsHeldThenItIsGivenBack() {
		this.ahead.save("things", "a", Map.of("v", 0.5));
		assertThat(this.behind.get("things", "a")).isPresent();
		this.ahead.save("things", "x", Map.of("v", new BigDecimal("0.5")));
		this.behind.save("things", "n", Map.of("v", Double.NEGATIVE_INFINITY));
		Cache cache = new ConcurrentMapCache("things");
		try (EntityFixture cached = new EntityFixture(this.fixture.instance,
				new EntityCaching(Set.of("things"), (entity) -> cache, Duration.ofMinutes(1)))) {
			for (int i = 0; i < 2; i++) {
				assertThat(number(cached.entities().get("things", "n").orElseThrow()))
					.isEqualTo(Double.NEGATIVE_INFINITY);
			}
		}
	}

	@Test
	@DisplayName("V5 a float that is infinite is so still when its column has become one of decimals")
	void whenFloatsBecomeDecimalsThenInfinityStays() {
		this.ahead.save("things", "a", Map.of("v", Float.POSITIVE_INFINITY));
		this.ahead.save("things", "b", Map.of("v", 0.1f));
		this.ahead.save("things", "x", Map.of("v", new BigDecimal("0.5")));
		assertThat(number(this.ahead.get("things", "a").orElseThrow())).isEqualTo(Double.POSITIVE_INFINITY);
		assertThat(number(this.ahead.get("things", "b").orElseThrow())).isEqualTo(0.1f);
		assertThat(number(this.ahead.history("things", "a").get(0).record())).isEqualTo(Double.POSITIVE_INFINITY);
	}

	@Test
	@DisplayName("V5 V8 fields whose columns were made before a change failed are known as what they are")
	void whenAChangeFailsHalfwayThenTheColumnsThatItMadeAreOfUse() {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		this.ahead.save("things", "a", Map.of("score", 1));
		execute("CREATE UNIQUE INDEX scores ON things (score)");
		execute("CREATE TABLE refs (score INT, FOREIGN KEY (score) REFERENCES things (score))");
		Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		Map<String, Object> fields = Map.of("score", 5_000_000_000L, "seenAt", now);
		assertThatExceptionOfType(EntitySchemaException.class).isThrownBy(() -> this.ahead.save("things", "b", fields));
		this.behind.save("things", "c", Map.of("seenAt", now));
		execute("DROP TABLE refs");
		assertThat(this.ahead.save("things", "b", fields).fields()).isEqualTo(fields);
		assertThat(this.behind.get("things", "c").orElseThrow().fields()).containsEntry("seenAt", now);
	}

	@Test
	@DisplayName("V8 numbers that no decimal holds are read although their column could not become one of decimals")
	void whenDoublesCannotBecomeDecimalsThenTheyAreReadAsTheyWere() {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		List<Double> numbers = List.of(Double.POSITIVE_INFINITY, 1e300, 1e-31, 0.5);
		for (int i = 0; i < numbers.size(); i++) {
			this.ahead.save("things", "n" + i, Map.of("v", numbers.get(i)));
		}
		assertThat(this.behind.get("things", "n0")).isPresent();
		execute("CREATE UNIQUE INDEX numbers ON things (v)");
		execute("CREATE TABLE refs (v DOUBLE, FOREIGN KEY (v) REFERENCES things (v))");
		assertThatExceptionOfType(EntitySchemaException.class)
			.isThrownBy(() -> this.ahead.save("things", "x", Map.of("v", new BigDecimal("0.7"))));
		for (EntityOperations entities : List.of(this.ahead, this.behind)) {
			for (int i = 0; i < numbers.size(); i++) {
				assertThat(number(entities.get("things", "n" + i).orElseThrow())).isEqualTo(numbers.get(i));
			}
		}
		execute("DROP TABLE refs");
		this.ahead.save("things", "x", Map.of("v", new BigDecimal("0.7")));
		for (int i = 0; i < numbers.size(); i++) {
			assertThat(number(this.behind.get("things", "n" + i).orElseThrow())).isEqualTo(numbers.get(i));
		}
	}

	private static double number(EntityRecord thing) {
		return ((Number) Objects.requireNonNull(thing.get("v"))).doubleValue();
	}

	private void execute(String sql) {
		this.fixture.db.jdbcTemplate().execute(sql);
	}

}

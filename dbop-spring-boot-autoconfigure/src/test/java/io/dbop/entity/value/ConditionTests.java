package io.dbop.entity.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.ColumnValues;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** SQL compares and sorts what columns hold as Java does the values. */
@EachDatabase
class ConditionTests {

	private final ValueTable table;

	private final TestDatabase kind;

	ConditionTests(DatabaseInstance instance) throws SQLException {
		this.table = new ValueTable(instance);
		this.kind = instance.database();
	}

	@BeforeEach
	void create() throws SQLException {
		this.table.create();
	}

	@AfterEach
	void close() throws SQLException {
		this.table.close();
	}

	@Test
	@DisplayName("E3 a value given to a condition equals the column that holds it")
	void whenAValueIsAskedForThenItsRowIsFound() throws SQLException {
		List<Object> values = new ArrayList<>(Samples.numbers());
		values.addAll(Samples.texts());
		values.addAll(Samples.times());
		values.removeIf(this::hasNothingLikeItInTheColumn);
		assertThat(values).hasSizeGreaterThan(100);
		SoftAssertions softly = new SoftAssertions();
		for (Object value : values) {
			int row = this.table.insert(value);
			String column = ValueTable.column(Objects.requireNonNull(this.table.values.typeOf(value)).column());
			softly.assertThat(this.table.rows("where " + column + " = ?", value))
				.as(value.getClass().getSimpleName() + " "
						+ value.toString().substring(0, Math.min(40, value.toString().length())))
				.contains(row);
		}
		softly.assertAll();
	}

	@Test
	@DisplayName("E3 decimals compare and sort as numbers")
	void whenDecimalsAreComparedThenAsNumbers() throws SQLException {
		sorts(ColumnType.NUMERIC, new BigDecimal("-1E+20"), new BigDecimal("-0.5"), new BigDecimal("0.000000001"),
				new BigDecimal("5.99"), new BigDecimal("9"), new BigDecimal("10.99"), BigInteger.TEN.pow(2),
				new BigDecimal("12345678901234567.89"), BigInteger.TEN.pow(30));
		assertThat(this.table.rows("where c_numeric < 20 and c_numeric > 0.5")).containsExactlyInAnyOrder(4, 5, 6);
		assertThat(this.table.rows("where c_numeric < ? and c_numeric >= ?", 20, new BigDecimal("5.990")))
			.containsExactlyInAnyOrder(4, 5, 6);
	}

	@Test
	@DisplayName("E3 whole numbers and doubles compare and sort as numbers")
	void whenNumbersAreComparedThenAsNumbers() throws SQLException {
		sorts(ColumnType.INTEGER, Integer.MIN_VALUE, -10, -9, 0, 9, 10, Integer.MAX_VALUE);
		sorts(ColumnType.BIGINT, Long.MIN_VALUE, -10L, 9L, 10L, Long.MAX_VALUE - 1, Long.MAX_VALUE);
		sorts(ColumnType.BIGINT, Duration.ofDays(-200_000), Duration.ZERO, Duration.ofMillis(9), Duration.ofMillis(10));
		sorts(ColumnType.DOUBLE, -1e300, -10.5, -9.5f, 0.0, Double.MIN_VALUE, 9.5, 10.5, 1e300,
				Double.POSITIVE_INFINITY);
		assertThat(this.table.rows("where c_double > 9.7 and c_double < 11")).hasSize(1);
	}

	@Test
	@DisplayName("E3 dates and times sort as they pass, before 1970 too")
	void whenTimesAreComparedThenAsTheyPass() throws SQLException {
		sorts(ColumnType.DATE, LocalDate.of(1, 1, 1), LocalDate.of(987, 1, 1), LocalDate.of(1969, 12, 31),
				LocalDate.of(1970, 1, 1), LocalDate.of(2024, 2, 29), LocalDate.of(9999, 12, 31));
		sorts(ColumnType.TIME, LocalTime.MIDNIGHT, LocalTime.of(9, 59, 59, 999_999_999), LocalTime.of(10, 0),
				LocalTime.of(10, 0, 0, 100_000_000), LocalTime.of(10, 0, 1), LocalTime.MAX);
		sorts(ColumnType.DATETIME, LocalDateTime.of(1, 1, 1, 0, 0),
				LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000), LocalDateTime.of(1970, 1, 1, 0, 0),
				LocalDateTime.of(2024, 3, 31, 2, 30), LocalDateTime.MAX);
		sorts(ColumnType.INSTANT, Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("1969-12-31T23:59:59.999Z"),
				Instant.EPOCH, OffsetDateTime.parse("2024-05-01T23:00:00+14:00"), Instant.parse("2024-05-01T09:30:00Z"),
				OffsetDateTime.parse("2024-05-01T06:30:00-03:30"), Instant.MAX);
		assertThat(this.table.rows("where c_instant > ?", Instant.parse("2024-05-01T09:30:00.000000001Z")))
			.as("what an instant is cut to is not greater than itself")
			.hasSize(2);
	}

	@Test
	@DisplayName("E3 texts are compared character by character, blanks at the end included")
	void whenTextsAreComparedThenByTheirCharacters() throws SQLException {
		sorts(ColumnType.TEXT, "", " ", "10", "9", "A", "B", "a", "a ", "a  ", "b", "Ä", "ä", "\u20AC", "\uD83D\uDE00");
		assertThat(this.table.rows("where c_text = ?", "a")).containsExactly(7);
		assertThat(this.table.rows("where c_text = ?", "a ")).containsExactly(8);
		assertThat(this.table.rows("where c_text = ?", "\uD83D\uDE01")).isEmpty();
		assertThat(this.table.rows("where c_text in (?, ?)", DayOfWeek.MONDAY, 'B')).containsExactly(6);
	}

	@Test
	@DisplayName("E3 keys are as texts, and too long or malformed ones are none")
	void whenKeysAreComparedThenByTheirCharacters() throws SQLException {
		for (String key : List.of("a", "A", "a ", "\uD83D\uDE00".repeat(255))) {
			this.table.execute("insert into held (row_id, c_key) values (%d, %s)".formatted(key.length(),
					this.table.columns.marker(ColumnType.KEY)), this.table.columns.held(ColumnType.KEY, key));
		}
		assertThat(this.table.rows("where c_key = ?", "a ")).containsExactly(2);
		assertThat(this.table.rows("where c_key = ?", "\uD83D\uDE00".repeat(255))).containsExactly(510);
		assertThat(this.table.columns.held(ColumnType.KEY, "x".repeat(256))).isNull();
		assertThat(this.table.columns.held(ColumnType.KEY, "nul\0")).isNull();
	}

	@Test
	void whenBooleansAreAskedForThenByTheirLiterals() throws SQLException {
		int yes = this.table.insert(true);
		int no = this.table.insert(false);
		assertThat(this.table.rows("where c_boolean = true")).containsExactly(yes);
		assertThat(this.table.rows("where not c_boolean")).containsExactly(no);
		assertThat(this.table.rows("where c_boolean = ?", true)).containsExactly(yes);
	}

	@Test
	@DisplayName("what somebody else writes into a column is what comes back")
	void whenAColumnIsChangedBySqlThenTheExactValueCountsNoMore() throws SQLException {
		FieldType decimal = FieldType.parse("decimal");
		int price = this.table.insert(new BigDecimal("1.10"));
		this.table.execute("update held set c_numeric = 2 where row_id = " + price);
		assertThat((BigDecimal) this.table.read(decimal, price)).isEqualByComparingTo("2");
		this.table.execute("update held set c_numeric = null where row_id = " + price);
		assertThat(this.table.read(decimal, price)).isNull();
		int tree = this.table.insert(Map.of("n", 1L));
		this.table.execute("update held set c_json = %s where row_id = %d"
			.formatted(this.table.columns.marker(ColumnType.JSON), tree), "{\"n\":2}");
		assertThat(this.table.read(FieldType.parse("json"), tree)).isEqualTo(Map.of("n", 2));
	}

	@Test
	void whenTheCatalogueTellsATypeThenItsKindIsKnown() throws SQLException {
		Map<String, String> types = new HashMap<>();
		try (PreparedStatement statement = this.table.prepare(this.table.dialect.tables().catalogue(1), "held");
				ResultSet columns = statement.executeQuery()) {
			while (columns.next()) {
				types.put(columns.getString(2).toUpperCase(Locale.ROOT), columns.getString(3));
			}
		}
		ColumnValues columns = this.table.columns;
		for (ColumnType type : ColumnType.values()) {
			String told = Objects.requireNonNull(types.get("C_" + type.name()));
			assertThat(columns.kindOf(told)).as(type + " " + told)
				.isNotNull()
				.isEqualTo(columns.kindOf(columns.type(type)));
		}
		assertThat(columns.kindOf("geometry")).isNull();
		assertThat(columns.kindOf("VARCHAR(20)")).isEqualTo(ColumnType.TEXT);
		assertThat(columns.kindOf("decimal(10, 2)")).isEqualTo(ColumnType.NUMERIC);
	}

	@Test
	void whenSqliteHoldsAnotherTypeThenItIsNotReadAsZero() throws SQLException {
		assumeThat(this.kind).isEqualTo(TestDatabase.SQLITE);
		this.table.execute("insert into held (row_id, c_integer, c_date) values (1, 'abc', 'soon')");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.table.readColumn(ColumnType.INTEGER, 1))
			.withMessageNotContaining("abc");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.table.readColumn(ColumnType.DATE, 1));
	}

	@Test
	@DisplayName("values of many rows go to PostgreSQL as one parameter for each column")
	void whenValuesAreGivenAsArraysThenTheyAreHeldAsOneByOne() throws SQLException {
		assumeThat(this.kind).isEqualTo(TestDatabase.POSTGRESQL);
		for (ColumnType type : ColumnType.values()) {
			List<@Nullable Object> held = held(type);
			this.table.execute("delete from held");
			String sql = "insert into held (row_id, %s) select n, v from unnest(%s, %s) as x (n, v)".formatted(
					ValueTable.column(type), this.table.columns.arrayMarker(ColumnType.INTEGER),
					this.table.columns.arrayMarker(type));
			List<Integer> numbers = IntStream.range(0, held.size()).boxed().toList();
			this.table.execute(sql, this.table.columns.arrayParameter(ColumnType.INTEGER, numbers),
					this.table.columns.arrayParameter(type, held));
			for (int row : numbers) {
				assertThat(sameColumn(type, this.table.readColumn(type, row), held.get(row))).as(type + " " + row)
					.isTrue();
			}
		}
	}

	private boolean sameColumn(ColumnType type, @Nullable Object read, @Nullable Object held) {
		return (type == ColumnType.JSON && held != null) ? ColumnMatch.sameJson((String) held, read)
				: Objects.deepEquals(read, held);
	}

	private List<@Nullable Object> held(ColumnType type) {
		List<@Nullable Object> held = new ArrayList<>(Arrays.asList((Object) null));
		if (type == ColumnType.KEY) {
			held.addAll(List.of("a", "{\"quoted\", '\\'}", "\uD83D\uDE00", ""));
			return held;
		}
		for (Object value : Samples.all()) {
			FieldType own = Objects.requireNonNull(this.table.values.typeOf(value));
			if (own.column() == type) {
				held.add(this.table.values.encode(own, value).column());
			}
		}
		return held;
	}

	private boolean hasNothingLikeItInTheColumn(Object value) {
		return this.table.values.encode(Objects.requireNonNull(this.table.values.typeOf(value)), value)
			.column() == null;
	}

	/** The values are in order, some of them equal to their neighbours. */
	private void sorts(ColumnType type, Object... values) throws SQLException {
		List<Integer> inserted = new ArrayList<>();
		for (Object value : values) {
			inserted.add(this.table.insert(value));
		}
		String column = ValueTable.column(type);
		List<Integer> ascending = this.table
			.rows("where row_id >= " + inserted.get(0) + " order by " + column + ", row_id");
		assertThat(ascending).as(type.name()).isEqualTo(inserted);
	}

}

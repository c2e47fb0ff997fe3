package io.dbop.entity.value;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;

import io.dbop.dialect.ColumnType;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes back equals what went in, on every database. */
@EachDatabase
class RoundTripTests {

	private final DatabaseInstance instance;

	private final TimeZone zone = TimeZone.getDefault();

	private ValueTable table;

	RoundTripTests(DatabaseInstance instance) throws SQLException {
		this.instance = instance;
		this.table = new ValueTable(instance);
	}

	@BeforeEach
	void create() throws SQLException {
		this.table.create();
	}

	@AfterEach
	void close() throws SQLException {
		TimeZone.setDefault(this.zone);
		this.table.close();
	}

	@Test
	@DisplayName("E3 values of every type come back equal")
	void whenAValueIsWrittenThenAnEqualOneComesBack() throws SQLException {
		comeBack(Samples.all());
	}

	@ParameterizedTest
	@ValueSource(strings = { "America/St_Johns", "Pacific/Kiritimati", "Europe/Berlin", "America/Los_Angeles" })
	@DisplayName("E3 dates and times come back equal in other time zones")
	void whenAnotherTimeZoneIsTheDefaultThenTimesComeBackEqual(String name) throws SQLException {
		int before = this.table.insert(Samples.times().get(23));
		TimeZone.setDefault(TimeZone.getTimeZone(name));
		this.table.close();
		try (ValueTable elsewhere = new ValueTable(this.instance)) {
			assertThat(elsewhere.read(FieldType.parse("instant"), before)).isEqualTo(Samples.times().get(23));
			elsewhere.execute("delete from held");
			this.table = elsewhere;
			comeBack(Samples.times());
		}
	}

	@Test
	@DisplayName("E3 values come back equal through other drivers and their other protocols")
	void whenTheDriverIsSetUpOtherwiseThenValuesComeBackEqual() throws SQLException {
		String url = this.instance.url();
		for (String other : urls(this.instance.database(), url, url.contains("?") ? "&" : "?")) {
			if (other.startsWith("jdbc:mysql") && saysItIsOld()) {
				continue;
			}
			this.table.execute("delete from held");
			try (ValueTable through = this.table.through(other, this.instance)) {
				comeBack(through, Samples.all());
			}
		}
	}

	/**
	 * MariaDB before 11 greets as "5.5.5-10": MySQL's driver then sends no fractions of
	 * seconds.
	 */
	private boolean saysItIsOld() throws SQLException {
		return this.instance.database() == TestDatabase.MARIADB
				&& this.table.connection.getMetaData().getDatabaseMajorVersion() < 11;
	}

	private static List<String> urls(TestDatabase kind, String url, String and) {
		return switch (kind) {
			case POSTGRESQL -> List.of(url + and + "prepareThreshold=-1", url + and + "preferQueryMode=simple",
					url + and + "stringtype=unspecified");
			case MYSQL -> List.of(url + and + "useServerPrepStmts=true",
					url + and + "connectionTimeZone=%2B05:30&forceConnectionTimeZoneToSession=true",
					url.replace("jdbc:mysql", "jdbc:mariadb"));
			case MARIADB -> List.of(url + and + "useServerPrepStmts=true", url + and + "timezone=+05:30",
					url.replace("jdbc:mariadb", "jdbc:mysql").replaceAll("sslMode=\\w+", "sslMode=DISABLED"));
			default -> List.of(url);
		};
	}

	private void comeBack(List<Object> values) throws SQLException {
		comeBack(this.table, values);
	}

	private static void comeBack(ValueTable table, List<Object> values) throws SQLException {
		SoftAssertions softly = new SoftAssertions();
		for (Object value : values) {
			FieldType type = Objects.requireNonNull(table.values.typeOf(value));
			String name = type + " " + shortened(value);
			try {
				int row = table.insert(type, value);
				softly.assertThat(same(table.read(type, row), value)).as(name).isTrue();
				softly.assertThat(heldAsTold(table, type, value, row)).as("column of " + name).isTrue();
			}
			catch (SQLException | RuntimeException ex) {
				softly.fail(name, ex);
			}
		}
		softly.assertAll();
	}

	private static boolean heldAsTold(ValueTable table, FieldType type, Object value, int row) throws SQLException {
		return type.column() == ColumnType.JSON
				|| Objects.deepEquals(table.values.encode(type, value).column(), table.readColumn(type.column(), row));
	}

	private static String shortened(Object value) {
		String text = value.toString();
		return text.substring(0, Math.min(60, text.length()));
	}

	/** Maps and lists with arrays in them included. */
	static boolean same(@Nullable Object one, @Nullable Object other) {
		if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> others && map.size() == others.size()) {
			return map.entrySet()
				.stream()
				.allMatch((entry) -> others.containsKey(entry.getKey())
						&& same(entry.getValue(), others.get(entry.getKey())));
		}
		if (one instanceof Object[] array && other instanceof Object[] others
				&& array.getClass() != others.getClass()) {
			return false;
		}
		return Objects.deepEquals(one, other);
	}

}

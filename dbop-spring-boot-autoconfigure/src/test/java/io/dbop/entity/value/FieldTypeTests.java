package io.dbop.entity.value;

import io.dbop.dialect.ColumnType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FieldType}.
 */
class FieldTypeTests {

	@ParameterizedTest
	@ValueSource(strings = { "boolean", "byte", "short", "int", "long", "biginteger", "decimal", "float", "double",
			"string", "char", "enum:java.time.DayOfWeek", "bytes", "uuid", "date", "time", "datetime", "instant",
			"offsetdatetime", "zoneddatetime", "duration", "json", "custom:a.Money|decimal",
			"custom:a.Shape|enum:a.Kind" })
	void whenANameIsParsedThenTheTypeHasIt(String name) {
		FieldType type = FieldType.parse(name);
		assertThat(type.name()).isEqualTo(name);
		assertThat(type).isEqualTo(FieldType.parse(name)).hasSameHashCodeAs(FieldType.parse(name));
		assertThat(type.widenedBy(FieldType.parse(name))).isEqualTo(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "INT", "enum", "custom:a.Money", "custom:a.Money|money", "map" })
	void whenThereIsNoSuchTypeThenItIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> FieldType.parse(name));
	}

	@ParameterizedTest
	@EnumSource
	void whenNothingIsRecordedThenTheColumnHoldsTheType(ColumnType column) {
		ColumnType expected = (column == ColumnType.KEY) ? ColumnType.TEXT : column;
		assertThat(FieldType.of(column).column()).isEqualTo(expected);
	}

	@Test
	void whenATypeIsCustomThenItsColumnIsThatOfTheUnderlyingOne() {
		assertThat(FieldType.parse("custom:a.Money|decimal").column()).isEqualTo(ColumnType.NUMERIC);
	}

	@DisplayName("E5 the least type that holds both")
	@ParameterizedTest
	@CsvSource({ "byte,short,short", "short,int,int", "int,long,long", "long,biginteger,biginteger",
			"biginteger,decimal,decimal", "float,double,double", "double,decimal,decimal", "int,double,double",
			"int,float,double", "short,float,float", "long,double,decimal", "long,float,decimal",
			"biginteger,float,decimal", "byte,decimal,decimal", "char,string,string", "enum:a.A,string,string",
			"enum:a.A,enum:a.B,string", "enum:a.A,char,string", "instant,offsetdatetime,offsetdatetime",
			"offsetdatetime,zoneddatetime,zoneddatetime", "instant,zoneddatetime,zoneddatetime",
			"custom:a.M|int,custom:a.M|decimal,custom:a.M|decimal" })
	void whenTypesAreWidenedThenTheLeastThatHoldsBoth(String one, String other, String wider) {
		assertThat(FieldType.parse(one).widenedBy(FieldType.parse(other))).isEqualTo(FieldType.parse(wider));
		assertThat(FieldType.parse(other).widenedBy(FieldType.parse(one))).isEqualTo(FieldType.parse(wider));
	}

	@DisplayName("E5 what nothing holds exactly is refused")
	@ParameterizedTest
	@CsvSource({ "boolean,int", "string,int", "date,datetime", "date,instant", "datetime,instant", "json,string",
			"bytes,string", "uuid,string", "duration,long", "custom:a.M|int,int", "custom:a.M|int,custom:a.N|int",
			"custom:a.M|int,custom:a.M|string", "boolean,string", "time,datetime" })
	void whenNoTypeHoldsBothThenNull(String one, String other) {
		assertThat(FieldType.parse(one).widenedBy(FieldType.parse(other))).isNull();
		assertThat(FieldType.parse(other).widenedBy(FieldType.parse(one))).isNull();
	}

}

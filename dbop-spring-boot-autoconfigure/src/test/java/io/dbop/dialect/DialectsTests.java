package io.dbop.dialect;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class DialectsTests {

	private final Dialects dialects = new Dialects(List.of());

	@ParameterizedTest
	@CsvSource({ "postgresql, postgresql", "Postgres, postgresql", "MYSQL, mysql", "mariadb, mariadb", "sqlite, sqlite",
			"h2, h2" })
	void whenTypeIsNamedThenItsDialectIsFound(String type, String name) {
		Dialect dialect = this.dialects.findByName(type);
		assertThat(dialect).isNotNull();
		assertThat(dialect.name()).isEqualTo(name);
	}

	@Test
	void whenTypeIsUnknownThenThereIsNoneAndTheNamesCanBeListed() {
		assertThat(this.dialects.findByName("oracle")).isNull();
		assertThat(this.dialects.findByUrl("jdbc:oracle:thin:@x")).isNull();
		assertThat(this.dialects.names()).as("services first")
			.containsExactly("hsqldb", "cockroachdb", "yugabytedb", "postgresql", "mariadb", "tidb", "vitess", "mysql",
					"sqlite", "h2");
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://h/d, postgresql", "jdbc:mysql:replication://h/d, mysql",
			"jdbc:mariadb:sequential://a/d, mariadb", "jdbc:sqlite::memory:, sqlite", "jdbc:h2:mem:x, h2" })
	void whenUrlIsGivenThenItsPrefixTells(String url, String name) {
		Dialect dialect = this.dialects.findByUrl(url);
		assertThat(dialect).isNotNull();
		assertThat(dialect.name()).isEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource({ "MySQL, 9.7.0, mysql", "MySQL, 5.5.5-10.11.6-MariaDB-1, mariadb", "MariaDB, 11.4.2, mariadb",
			"PostgreSQL, 15.1, postgresql", "SQLite, 3.53, sqlite", "H2, 2.4, h2", "Oracle, 23, generic" })
	void whenDatabaseIsLiveThenItTellsItself(String product, String version, String name) throws SQLException {
		DatabaseMetaData metaData = mock(DatabaseMetaData.class);
		given(metaData.getURL()).willReturn("jdbc:wrapper:x");
		given(metaData.getDatabaseProductName()).willReturn(product);
		given(metaData.getDatabaseProductVersion()).willReturn(version);
		assertThat(this.dialects.get(metaData).name()).isEqualTo(name);
	}

	@Test
	void whenTheApplicationBringsADialectThenItComesFirst() throws SQLException {
		Dialect own = mock(Dialect.class);
		DatabaseMetaData metaData = mock(DatabaseMetaData.class);
		given(metaData.getDatabaseProductName()).willReturn("PostgreSQL");
		given(own.name()).willReturn("postgresql");
		given(own.urlPrefixes()).willReturn(List.of("jdbc:postgresql:"));
		given(own.serves(metaData)).willReturn(true);
		Dialects extended = new Dialects(List.of(own));
		assertThat(extended.findByName("postgresql")).isSameAs(own);
		assertThat(extended.findByUrl("jdbc:postgresql://h/d")).isSameAs(own);
		assertThat(extended.get(metaData)).isSameAs(own);
	}

}

package io.dbop.pool;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Objects;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class LazyDialectTests {

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://h/d, PostgreSQL, 15.2-YB-2025.1.0.0-b0, yugabytedb",
			"jdbc:postgresql://h/d, PostgreSQL, 16.2, postgresql", "jdbc:mysql://h/d, MySQL, 8.0.11-TiDB-v7.5.0, tidb",
			"jdbc:mysql://h/d, MySQL, 5.5.5-10.11.6-MariaDB-1, mysql" })
	void whenAUrlToldTheDialectThenTheFirstConnectionTellsWhichKindOfItItIs(String url, String product, String version,
			String name) throws SQLException {
		LazyDialect dialect = new LazyDialect(byUrl(url), PoolFixture.DIALECTS);
		assertThat(dialect.get()).isSameAs(byUrl(url));
		dialect.learnFrom(connection(product, version));
		assertThat(dialect.get().name()).isEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://h/d, PostgreSQL, 15.2-YB-2025.1.0.0-b0",
			"jdbc:mysql://h/d, MySQL, 8.0.11-TiDB-v7.5.0" })
	void whenTheTypeIsGivenThenNothingChangesIt(String url, String product, String version) throws SQLException {
		LazyDialect dialect = new LazyDialect(byUrl(url));
		dialect.learnFrom(connection(product, version));
		assertThat(dialect.get()).isSameAs(byUrl(url));
	}

	@ParameterizedTest
	@CsvSource({ "PostgreSQL, 15.2-YB-2025.1.0.0-b0", "MySQL, 9.7.0" })
	void whenNoDialectKnowsTheUrlThenItStaysTheGenericOne(String product, String version) throws SQLException {
		LazyDialect dialect = new LazyDialect(Dialects.generic(), PoolFixture.DIALECTS);
		dialect.learnFrom(connection(product, version));
		assertThat(dialect.get()).isSameAs(Dialects.generic());
	}

	private static Dialect byUrl(String url) {
		return Objects.requireNonNull(PoolFixture.DIALECTS.findByUrl(url));
	}

	private static Connection connection(String product, String version) throws SQLException {
		DatabaseMetaData metaData = mock(DatabaseMetaData.class);
		given(metaData.getDatabaseProductName()).willReturn(product);
		given(metaData.getDatabaseProductVersion()).willReturn(version);
		Connection connection = mock(Connection.class);
		given(connection.getMetaData()).willReturn(metaData);
		return connection;
	}

}

package io.dbop.pool;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Where a pool says that its database is: what it really connects to. */
class LocationTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					sqlite     |                     |      | target/s.db  | jdbc:sqlite:target/s.db
					h2         |                     |      | shop         | jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1
					h2         |                     |      | ./data/shop  | jdbc:h2:./data/shop
					postgresql |                     |      | shop         | jdbc:postgresql://localhost/shop
					postgresql | a b:5433            | 5432 | shop         | jdbc:postgresql://a:5432,b:5433/shop?targetServerType=primary
					mysql      | a b                 | 3307 | shop         | jdbc:mysql://a:3307,b:3307/shop
					mariadb    | a b                 |      | shop         | jdbc:mariadb:sequential://a,b/shop
					""")
	void whenDescribedByPartsThenTheLocationIsTheUrlMadeOfThem(String type, String hosts, Integer port, String database,
			String location) {
		DatabaseConfigBuilder config = DatabaseConfig.builder("main")
			.type(type)
			.port(port)
			.database(database)
			.poolMin(0)
			.startup(StartupMode.LAZY);
		if (hosts != null) {
			config.hosts(List.of(hosts.split(" ")));
		}
		try (ConnectionPool pool = ConnectionPoolFactory.open(config.build(), PoolFixture.DIALECTS.findByName(type),
				CredentialsSource.of("u", "geheim"))) {
			assertThat(pool.location()).isEqualTo(location);
		}
	}

	@Test
	void whenTheUrlHoldsASecretThenItIsNotShown() {
		try (HikariDataSource hikari = new HikariDataSource()) {
			hikari.setJdbcUrl("jdbc:postgresql://h/d?user=u&password=geheim");
			ConnectionPool pool = ConnectionPoolFactory.adopt("main", hikari, PoolFixture.DIALECTS);
			assertThat(pool.location()).isEqualTo("jdbc:postgresql://h/d?user=u&password=***");
		}
	}

	@Test
	void whenThePoolDoesNotTellThenThereIsNone() {
		DriverManagerDataSource dataSource = new DriverManagerDataSource("jdbc:h2:mem:x");
		assertThat(ConnectionPoolFactory.adopt("main", dataSource, PoolFixture.DIALECTS).location()).isNull();
	}

}

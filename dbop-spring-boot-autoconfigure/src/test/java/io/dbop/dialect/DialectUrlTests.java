package io.dbop.dialect;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DialectUrlTests {

	@Test
	void whenOneHostIsGivenThenTheUrlNamesIt() {
		DatabaseLocation shop = new DatabaseLocation("db.local", 1234, "shop");
		assertThat(new PostgresDialect().url(shop)).isEqualTo("jdbc:postgresql://db.local:1234/shop");
		assertThat(new MySqlDialect().url(shop)).isEqualTo("jdbc:mysql://db.local:1234/shop");
		assertThat(new MariaDbDialect().url(shop)).isEqualTo("jdbc:mariadb://db.local:1234/shop");
		assertThat(new H2Dialect().url(shop)).isEqualTo("jdbc:h2:tcp://db.local:1234/shop");
	}

	@Test
	void whenNoPortIsGivenThenTheDriverDecides() {
		DatabaseLocation shop = new DatabaseLocation(List.of(), null, "shop");
		assertThat(new PostgresDialect().url(shop)).isEqualTo("jdbc:postgresql://localhost/shop");
	}

	@Test
	void whenSeveralHostsAreGivenThenTheDriverFailsOver() {
		DatabaseLocation shop = new DatabaseLocation(List.of("a", "b:5433", "::1", "[fe80::1]:99"), 5432, "shop");
		String hosts = "a:5432,b:5433,[::1]:5432,[fe80::1]:99";
		assertThat(new PostgresDialect().url(shop))
			.isEqualTo("jdbc:postgresql://" + hosts + "/shop?targetServerType=primary");
		assertThat(new MySqlDialect().url(shop)).isEqualTo("jdbc:mysql://" + hosts + "/shop");
		assertThat(new MariaDbDialect().url(shop)).isEqualTo("jdbc:mariadb:sequential://" + hosts + "/shop");
	}

	@Test
	void whenDatabaseNameHasCharactersOfUrlsThenTheyAreEncoded() {
		DatabaseLocation odd = new DatabaseLocation("h", null, "a?b&c/d e");
		assertThat(new PostgresDialect().url(odd)).isEqualTo("jdbc:postgresql://h/a%3Fb%26c%2Fd%20e");
	}

	@Test
	void whenDatabaseIsAFileThenTheUrlIsItsPath() {
		assertThat(new SqliteDialect().url(new DatabaseLocation("localhost", null, "data/shop.db")))
			.isEqualTo("jdbc:sqlite:data/shop.db");
		assertThat(new H2Dialect().url(new DatabaseLocation("localhost", null, "./shop"))).isEqualTo("jdbc:h2:./shop");
		assertThat(new H2Dialect().url(new DatabaseLocation("localhost", null, "shop")))
			.isEqualTo("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
	}

}

package io.dbop.test;

import java.util.List;
import java.util.Map;

import io.dbop.test.DatabaseServer.Node;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DatabaseServer}.
 */
class DatabaseServerTests {

	@Test
	void whenAUrlIsParsedThenCredentialsAreTakenOut() {
		DatabaseServer server = DatabaseServer.parse("here",
				"jdbc:mysql://db.example:3306/test?user=root&password=a%26b&useSSL=false");
		assertThat(server).isEqualTo(new DatabaseServer("here", List.of(new Node("db.example", 3306)), "root", "a&b",
				Map.of("useSSL", "false")));
	}

	@Test
	void whenAUrlIsMadeThenGivenParametersWinOverDefaults() {
		DatabaseServer server = DatabaseServer.parse("here", "jdbc:postgresql://db.example:5432/test?sslmode=require");
		assertThat(server.url("jdbc:postgresql", "own", Map.of("sslmode", "disable")))
			.isEqualTo("jdbc:postgresql://db.example:5432/own?sslmode=require");
	}

	@Test
	void whenAUrlHasNoPortThenItIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DatabaseServer.parse("here", "jdbc:postgresql://db.example/test"));
	}

	@Test
	void whenSeveralHostsAreNamedThenItsUrlsSpreadConnectionsOverThem() {
		DatabaseServer cluster = DatabaseServer.parse("here", "jdbc:mariadb:sequential://a:1,b:2/test?user=root");
		assertThat(cluster.members()).extracting(DatabaseServer::host).containsExactly("a", "b");
		assertThat(cluster.member(2).host()).isEqualTo("b");
		assertThat(cluster.url("jdbc:mariadb", "shop", Map.of())).isEqualTo("jdbc:mariadb:loadbalance://a:1,b:2/shop?");
		assertThat(cluster.members().get(1).url("jdbc:mariadb", "shop", Map.of()))
			.isEqualTo("jdbc:mariadb://b:2/shop?");
	}

}

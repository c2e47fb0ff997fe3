package io.dbop.test;

import java.util.Map;

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
		assertThat(server)
			.isEqualTo(new DatabaseServer("here", "db.example", 3306, "root", "a&b", Map.of("useSSL", "false")));
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

}

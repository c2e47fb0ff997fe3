package io.dbop.test;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link ServerSource}.
 */
class ServerSourceTests {

	private static final TestSetting URL = TestSetting.url("SOURCE");

	private static final Callable<DatabaseServer> NO_CONTAINER = () -> {
		throw new IOException("no engine");
	};

	@AfterEach
	void clearUrl() {
		System.clearProperty(URL.property());
	}

	@Test
	void whenThereIsNothingThenTheReasonNamesAllThatWasTried() {
		ServerSource source = source(NO_CONTAINER, null);
		assertThat(source.skipReason())
			.isEqualTo("DBOP_TEST_SOURCE_URL is not set, no container: no engine, and there are no embedded programs");
		assertThatIllegalStateException().isThrownBy(() -> source.freshDatabase(TestDatabase.POSTGRESQL))
			.withMessageContaining("no engine");
	}

	@Test
	void whenTheProgramsAreMissingThenTheReasonSaysSo() {
		assertThat(source(NO_CONTAINER, () -> {
			throw new IOException("not for this system");
		}).skipReason()).endsWith("no embedded programs: not for this system");
	}

	@Test
	void whenAContainerRunsThenNothingElseIsStarted() {
		assertThat(source(() -> new DatabaseServer("container", "localhost", 1, "root", ""), () -> {
			throw new AssertionError();
		}).skipReason()).isNull();
	}

	@Test
	void whenTheUrlDoesNotWorkThenNothingElseIsTried() {
		System.setProperty(URL.property(), "jdbc:postgresql://localhost:1/test?user=me");
		assertThat(source(() -> {
			throw new AssertionError();
		}, null).skipReason()).startsWith("DBOP_TEST_SOURCE_URL does not work: ");
	}

	@Test
	void whenTheUrlCannotBeReadThenTheReasonSaysSo() {
		System.setProperty(URL.property(), "jdbc:postgresql:test");
		assertThat(source(NO_CONTAINER, null).skipReason())
			.isEqualTo("DBOP_TEST_SOURCE_URL does not work: it must name a host and a port");
	}

	@Test
	void whenTheUrlWorksThenItIsUsed() throws SQLException {
		assumeThat(TestDatabase.POSTGRESQL.isAvailable()).isTrue();
		try (DatabaseInstance given = TestDatabase.POSTGRESQL.freshDatabase()) {
			System.setProperty(URL.property(),
					given.url() + "&user=" + given.username() + "&password=" + given.password());
			try (DatabaseInstance database = source(NO_CONTAINER, null).freshDatabase(TestDatabase.POSTGRESQL)) {
				assertThat(database.origin()).isEqualTo("DBOP_TEST_SOURCE_URL");
				assertThat(database.url()).isNotEqualTo(given.url());
			}
		}
	}

	private static ServerSource source(Callable<DatabaseServer> container,
			@Nullable Callable<RestartableServer> embedded) {
		return new ServerSource("SOURCE", new PostgresDialect(), container, embedded);
	}

}

package io.dbop.database;

import java.time.Duration;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Either driver connects to either server. */
@EachDatabase(value = { TestDatabase.MARIADB, TestDatabase.MYSQL }, eachDriver = true)
class DriverOfTheOtherTests {

	private final HandleFixture fixture;

	DriverOfTheOtherTests(DatabaseInstance instance) {
		this.fixture = HandleFixture.adopting(instance);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenAStatementHasLimitsThenItIsRunAllTheSame() {
		for (int i = 0; i < 3; i++) {
			assertThat(this.fixture.database.sql("SELECT 1").timeout(Duration.ofSeconds(5)).single(Integer.class))
				.isOne();
			assertThat(this.fixture.database.sql("SELECT 2").lockTimeout(Duration.ofSeconds(2)).list(Integer.class))
				.containsExactly(2);
		}
	}

}

package io.dbop.execution;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A setting that a hook makes for the transaction of its attempt. */
@EachDatabase(TestDatabase.POSTGRESQL)
class PreAttemptSettingTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	PreAttemptSettingTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database, (settings) -> settings.setMaximumPoolSize(1));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("R6: SET LOCAL in the hook is in force for the work and gone after the attempt")
	void whenTheHookSetsATimeoutThenItHoldsForTheAttemptOnly() throws Throwable {
		String inside = this.fixture.<String>run((spec) -> spec.preAttempt(this::limit), this::timeout);
		assertThat(inside).isEqualTo("150ms");
		assertThat(timeout()).isEqualTo("0");
	}

	@Test
	@DisplayName("R6: SET LOCAL at a savepoint is gone when the attempt is rolled back to it")
	void whenTheAttemptFailsAtASavepointThenTheSettingIsGone() {
		this.fixture.outer.executeWithoutResult((status) -> {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> this.fixture.run((spec) -> spec.preAttempt(this::limit), () -> {
					assertThat(timeout()).isEqualTo("150ms");
					throw new IllegalStateException("business");
				}));
			assertThat(timeout()).isEqualTo("0");
		});
	}

	@Test
	@DisplayName("R6: the timeout that the hook set ends the statement")
	void whenTheTimeoutOfTheHookStrikesThenTheStatementIsEnded() {
		String sleep = this.database.sleepSql(java.time.Duration.ofSeconds(30));
		assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> this.fixture
			.run((spec) -> spec.preAttempt(this::limit), () -> this.fixture.jdbc.queryForList(sleep)));
		assertThat(timeout()).isEqualTo("0");
	}

	private void limit(AttemptContext context) {
		this.fixture.jdbc.execute("set local statement_timeout = 150");
	}

	private String timeout() {
		return this.fixture.jdbc.queryForObject("show statement_timeout", String.class);
	}

}

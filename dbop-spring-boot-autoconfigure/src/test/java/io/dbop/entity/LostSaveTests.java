package io.dbop.entity;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Saves whose connection is lost: never twice, and never half. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class LostSaveTests {

	private final TestDatabase kind;

	private final WireProxy proxy;

	private final EntityFixture fixture;

	private final EntityOperations entities;

	LostSaveTests(DatabaseInstance instance) {
		this.kind = instance.database();
		this.proxy = instance.proxy();
		this.fixture = new EntityFixture(instance.through(this.proxy));
		this.entities = this.fixture.entities();
		this.entities.save("notes", "n", Map.of("x", 1));
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T6 T7 where a save is one statement its outcome is unknown, elsewhere it is repeated")
	void whenAStatementIsLostThenTheSaveIsNotDoubled(CutPoint point) {
		boolean one = this.kind == TestDatabase.POSTGRESQL;
		this.proxy.cutNext((sql) -> sql.contains("INSERT INTO") && sql.contains("notes_history"), point);
		if (one) {
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> save(2));
		}
		else {
			save(2);
		}
		assertComplete((one && point == CutPoint.BEFORE_SERVER) ? 1 : 2);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T6 a save whose commit is lost is not repeated")
	void whenTheCommitIsLostThenTheOutcomeIsUnknown(CutPoint point) {
		this.proxy.cutNextCommit(point);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(
				() -> this.entities.save("notes", "n", Map.of("x", 2), ChangeOptions.by("ann").expectedVersion(1)));
		assertComplete((point == CutPoint.BEFORE_SERVER) ? 1 : 2);
	}

	@Test
	@DisplayName("V6 the failure of a change of tables is told, not that its limits could not be taken back after it")
	void whenAChangeOfTablesIsLostThenThatIsToldOf() {
		try (EntityFixture once = EntityFixture.impatient(this.fixture.instance)) {
			once.entities().get("notes", "n");
			this.proxy.cutNext((sql) -> sql.startsWith("ALTER TABLE"), CutPoint.BEFORE_ANSWER);
			Throwable thrown = catchThrowable(() -> once.entities().save("notes", "n", Map.of("more", 1)));
			assertThat(this.proxy.statementCuts(CutPoint.BEFORE_ANSWER)).isOne();
			assertThat(SqlExceptionChain.of(thrown)).extracting(SQLException::getMessage)
				.first()
				.asString()
				.doesNotContain("closed");
		}
	}

	private void save(int value) {
		this.entities.save("notes", "n", Map.of("x", value));
	}

	private void assertComplete(long version) {
		List<Long> versions = this.entities.history("notes", "n").stream().map(EntityVersion::version).toList();
		assertThat(versions).isEqualTo(LongStream.range(0, version).map((i) -> version - i).boxed().toList());
		assertThat(this.entities.get("notes", "n").orElseThrow().version()).isEqualTo(version);
	}

}

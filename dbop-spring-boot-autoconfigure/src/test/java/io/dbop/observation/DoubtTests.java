package io.dbop.observation;

import io.dbop.execution.AttemptContext;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.execution.CommitVerifier;
import io.dbop.execution.CommitVerifier.Verdict;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is observed of an operation whose commit got no answer. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class DoubtTests {

	private final WireProxy proxy;

	private final ObservedDatabase database;

	DoubtTests(DatabaseInstance instance) {
		this.proxy = instance.proxy();
		this.database = new ObservedDatabase(instance.through(this.proxy));
	}

	@BeforeEach
	void create() {
		this.database.jdbc.execute("create table note (text varchar(40) not null)");
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
	}

	@AfterEach
	void close() {
		this.database.close();
		this.proxy.close();
	}

	@Test
	void whenNobodyCanTellThenTheOutcomeIsUnknown() {
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> note((context) -> Verdict.UNKNOWN));
		assertThat(Observed.endings(this.database.registry, "dbop.attempt")).singleElement()
			.asString()
			.matches("unknown connection_lost 08\\S+");
		assertThat(Observed.endings(this.database.registry, "dbop.operation")).singleElement()
			.asString()
			.matches("unknown connection_lost 08\\S+");
	}

	@Test
	void whenTheWorkIsFoundThenTheOperationIsVerified() {
		note((context) -> Verdict.COMMITTED);
		assertThat(Observed.endings(this.database.registry, "dbop.attempt")).singleElement()
			.asString()
			.startsWith("unknown connection_lost");
		assertThat(Observed.endings(this.database.registry, "dbop.operation")).containsExactly("verified none none");
	}

	@Test
	void whenTheVerifierLooksThenItDoesSoInTheOperationAndNotInItsAttempt() {
		note(this::lookInside);
		assertThat(Observed.names(this.database.registry)).containsExactly("note", "attempt < note", "sql.query < note",
				"attempt < sql.query < note");
	}

	private Verdict lookInside(AttemptContext context) {
		return this.database.handle.sql("select text from note").list(String.class).isEmpty() ? Verdict.NOT_COMMITTED
				: Verdict.COMMITTED;
	}

	private void note(CommitVerifier verifier) {
		this.database.handle.execute((spec) -> spec.named("note").verifier(verifier),
				() -> this.database.jdbc.update("insert into note (text) values ('once')"));
	}

}

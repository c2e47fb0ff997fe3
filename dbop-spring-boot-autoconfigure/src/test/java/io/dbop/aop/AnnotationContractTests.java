package io.dbop.aop;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.dbop.aop.AnnotationContractApplication.Listener;
import io.dbop.aop.AnnotationContractApplication.Notes;
import io.dbop.aop.AnnotationContractApplication.Outer;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What the annotations promise, on each database: judged by the rows that are there
 * afterwards, seen through another connection.
 */
@EachDatabase(also = TestDatabase.HSQLDB)
class AnnotationContractTests {

	/** Those that refuse a write in a transaction that only reads. */
	private static final Set<TestDatabase> ENFORCING = EnumSet.of(TestDatabase.POSTGRESQL, TestDatabase.MARIADB,
			TestDatabase.MYSQL, TestDatabase.HSQLDB);

	private final DatabaseInstance database;

	private final DatabaseInstance other;

	private final ConfigurableApplicationContext application;

	private final Notes notes;

	private final Outer outer;

	private final Listener listener;

	AnnotationContractTests(DatabaseInstance database) {
		this.database = database;
		this.other = database.database().freshDatabase();
		for (DatabaseInstance each : List.of(this.database, this.other)) {
			JdbcClient.create(each.dataSource()).sql("create table note (id integer primary key)").update();
		}
		this.application = Applications.start(AnnotationContractApplication.class, properties());
		this.notes = this.application.getBean(Notes.class);
		this.outer = this.application.getBean(Outer.class);
		this.listener = this.application.getBean(Listener.class);
	}

	private String[] properties() {
		List<String> properties = new ArrayList<>(List.of(Applications.alias("main", this.database)));
		properties.addAll(List.of(Applications.alias("other", this.other)));
		properties.add("dbop.databases.main.retry.initial-delay=1ms");
		properties.add("lock.suffix=" + (sqlite() ? "" : " for update nowait"));
		if (sqlite()) {
			properties.add("dbop.databases.main.url=" + this.database.url() + "?busy_timeout=50");
		}
		return properties.toArray(String[]::new);
	}

	@AfterEach
	void close() throws SQLException {
		this.application.close();
		this.other.close();
	}

	@Test
	@OnOneNode(OnOneNode.LOCKS)
	void whenALockIsNotGrantedThenAllOfItIsRepeatedAndCommittedOnce() throws Exception {
		assumeThat(this.database.database()).as("has no limit to waits for locks").isNotEqualTo(TestDatabase.HSQLDB);
		this.notes.write(1);
		try (Connection holder = this.database.dataSource().getConnection();
				Statement held = holder.createStatement()) {
			holder.setAutoCommit(false);
			held.executeUpdate("update note set id = id where id = 1");
			this.listener.onRetry = holder::rollback;
			this.notes.writeAndLock(2, 1);
		}
		assertThat(this.listener.retries).hasValue(1);
		assertThat(rows(this.database)).containsExactly(1, 2);
	}

	@Test
	void whenItFailsHalfWayThenNothingOfItIsLeft() {
		assertThatIllegalStateException().isThrownBy(() -> this.notes.writeAndThrow(1));
		this.notes.write(2);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.notes.writeTwice(3));
		assertThat(this.listener.retries).as("neither can succeed").hasValue(0);
		assertThat(rows(this.database)).containsExactly(2);
	}

	@Test
	void whenAnExceptionIsNoReasonToRollBackThenItIsCommittedAndThrown() {
		assertThatIllegalStateException().isThrownBy(() -> this.notes.writeAndThrowAllTheSame(1));
		assertThat(rows(this.database)).containsExactly(1);
	}

	@Test
	void whenAStepFailsInATransactionOfTheCallerThenOnlyTheStepIsUndone() {
		this.outer.writeAroundAFailure(1, 2, 3);
		assertThat(rows(this.database)).containsExactly(1, 3);
	}

	@Test
	void whenTheCallerFailsThenTheStepIsUndoneWithIt() {
		assertThatIllegalStateException().isThrownBy(() -> this.outer.writeByStepAndThrow(1, 2));
		assertThat(rows(this.database)).isEmpty();
	}

	@Test
	@OnOneNode(OnOneNode.READ_ONLY)
	void whenItOnlyReadsThenItSeesWhatIsCommittedAndItsWritesAreRefusedWhereTheDatabaseCan() {
		this.notes.write(1);
		assertThat(this.notes.count()).isOne();
		if (ENFORCING.contains(this.database.database())) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.notes.writeReadOnly(2));
			assertThat(this.listener.retries).hasValue(0);
			assertThat(rows(this.database)).containsExactly(1);
		}
		this.notes.write(3);
		assertThat(rows(this.database)).contains(1, 3);
	}

	@Test
	void whenTheDatabaseRefusesThenTheFallbackAnswersAndNothingIsWritten() {
		this.notes.write(1);
		assertThat(this.notes.writeOrAnswer(2)).isEqualTo(2);
		assertThat(this.notes.writeOrAnswer(1)).isEqualTo(-1);
		assertThat(this.notes.writeOrNothing(1)).isZero();
		assertThat(rows(this.database)).containsExactly(1, 2);
	}

	@Test
	void whenTwoDatabasesAreWrittenThenEachHasItsOwnTransaction() {
		this.outer.writeToBoth(1, 2);
		assertThatIllegalStateException().isThrownBy(() -> this.outer.writeToBothAndThrow(3, 4));
		assertThat(rows(this.database)).containsExactly(1);
		assertThat(rows(this.other)).containsExactly(2, 4);
	}

	private boolean sqlite() {
		return this.database.database() == TestDatabase.SQLITE;
	}

	private static List<Integer> rows(DatabaseInstance database) {
		return JdbcClient.create(database.dataSource())
			.sql("select id from note order by id")
			.query(Integer.class)
			.list();
	}

}

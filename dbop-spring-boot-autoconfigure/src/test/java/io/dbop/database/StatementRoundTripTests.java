package io.dbop.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dbop.statement.StatementSpec;
import io.dbop.execution.Scope;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.RoundTrips;
import io.dbop.test.wire.Traffic;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often a statement of the handle goes to the server and back. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class StatementRoundTripTests {

	private static final Duration USUAL = Duration.ofSeconds(20);

	private static final Duration OWN = Duration.ofSeconds(7);

	private static final Duration LONGER = Duration.ofSeconds(90);

	/**
	 * The COMMIT: PostgreSQL's driver sends BEGIN along with the first statement, and on
	 * the others autocommit stays off from one transaction to the next.
	 */
	private static final int TRANSACTION = 1;

	private final TestDatabase kind;

	private final WireProxy proxy;

	private final HandleFixture fixture;

	private final Database db;

	StatementRoundTripTests(DatabaseInstance instance) {
		this.kind = instance.database();
		this.proxy = instance.proxy();
		this.fixture = new HandleFixture(instance.through(this.proxy),
				(config) -> config.poolMax(1).queryExecutionTimeout(USUAL));
		this.db = this.fixture.database;
		this.db.sql("CREATE TABLE [item] ([id] INTEGER, [name] VARCHAR(20))").update();
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@Test
	void whenInAutocommitThenOne() {
		assertThat(roundTrips(this::query)).isOne();
		assertThat(roundTrips(this::update)).isOne();
	}

	@Test
	void whenTheTimeoutIsThatOfTheAliasThenOne() {
		Traffic before = this.proxy.traffic();
		assertThat(roundTrips(() -> sql().timeout(USUAL).list(Integer.class))).isOne();
		assertThat(this.proxy.traffic().since(before).statements())
			.allSatisfy((text) -> assertThat(text).doesNotContain("timeout", "TIME", "max_statement"));
	}

	@Test
	void whenItHasATimeoutOfItsOwnThenStillOne() {
		assertThat(roundTrips(() -> sql().timeout(OWN).list(Integer.class))).isOne();
		assertThat(roundTrips(() -> sql().timeout(LONGER).list(Integer.class))).isOne();
		assertThat(roundTrips(() -> insert().timeout(OWN).update())).isOne();
	}

	@Test
	void whenItHasALockTimeoutThenOneButOnMySql() {
		int session = (this.kind == TestDatabase.MYSQL) ? 3 : 0;
		assertThat(roundTrips(() -> insert().lockTimeout(OWN).update())).isEqualTo(1 + session);
	}

	@Test
	void whenInATransactionThenTheTransactionIsAllThatIsAdded() {
		assertThat(roundTrips(() -> this.db.inTransaction((tx) -> {
			query();
		}))).isEqualTo(1 + TRANSACTION);
		assertThat(roundTrips(() -> this.db.inTransaction((tx) -> {
			tx.sql("SELECT [id] FROM [item] WHERE [id] = ?").param(1).timeout(OWN).list(Integer.class);
			update();
		}))).isEqualTo(2 + TRANSACTION + beginningAlone());
	}

	/** A transaction whose first statement may be cancelled begins before it. */
	private int beginningAlone() {
		return (this.kind == TestDatabase.POSTGRESQL) ? 1 : 0;
	}

	@Test
	void whenABatchThenOneForItAndItsTransaction() {
		List<Object[]> rows = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			rows.add(new Object[] { i, "name" });
		}
		insertAny().batch(rows).execute();
		Traffic before = this.proxy.traffic();
		insertAny().batch(rows).execute();
		// MariaDB's driver prepares it on the server, MySQL's sends the last rows alone.
		assertThat(this.proxy.traffic().since(before).roundTrips()).isBetween(1 + TRANSACTION,
				(this.kind == TestDatabase.POSTGRESQL) ? 2 : 3 + TRANSACTION);
	}

	@Test
	void whenReadOnlyTransactionsFollowEachOtherThenTheModeIsSetOnce() {
		int mode = (this.kind == TestDatabase.POSTGRESQL) ? 0 : 1;
		Runnable reads = () -> this.db.execute((spec) -> spec.readOnly(), this::query);
		this.db.inTransaction((tx) -> {
			update();
		});
		int first = this.proxy.traffic().roundTrips();
		reads.run();
		assertThat(this.proxy.traffic().roundTrips() - first).isEqualTo(1 + TRANSACTION + mode);
		assertThat(roundTrips(reads)).isEqualTo(1 + TRANSACTION);
		int before = this.proxy.traffic().roundTrips();
		this.db.inTransaction((tx) -> {
			update();
		});
		assertThat(this.proxy.traffic().roundTrips() - before).isEqualTo(1 + TRANSACTION + mode);
	}

	@Test
	void whenASavepointIsTakenThenItAloneIsAdded() {
		assertThat(roundTrips(() -> this.db.inTransaction((tx) -> {
			query();
			this.db.execute((spec) -> spec.scope(Scope.SAVEPOINT).maxRetries(0), this::query);
		}))).isEqualTo(2 + 2 + TRANSACTION);
	}

	@Test
	void whenAStatementFollowsATransactionThenAutocommitIsSwitchedBetweenThem() {
		int switches = (this.kind == TestDatabase.POSTGRESQL) ? 0 : 2;
		assertThat(roundTrips(() -> {
			this.db.inTransaction((tx) -> {
				query();
			});
			query();
			query();
		})).isEqualTo(3 + TRANSACTION + switches);
	}

	private StatementSpec sql() {
		return this.db.sql("SELECT [id] FROM [item] WHERE [id] = ?").param(1);
	}

	private void query() {
		sql().list(Integer.class);
	}

	private StatementSpec insertAny() {
		return this.db.sql("INSERT INTO [item] ([id], [name]) VALUES (?, ?)");
	}

	private StatementSpec insert() {
		return insertAny().params(1, "name");
	}

	private void update() {
		insert().update();
	}

	private int roundTrips(Runnable action) {
		return RoundTrips.of(this.proxy, action::run);
	}

}

package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import io.dbop.failure.Phase;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NamedLedger;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static io.dbop.pool.PoolFixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what the {@link AttemptLedger} knows after a connection has broken.
 */
@EachDatabase(except = { TestDatabase.SQLITE, TestDatabase.H2 })
class BrokenConnectionTests {

	private static final String INSERT = "insert into item (id, name) values (1, 'one')";

	private final DatabaseInstance database;

	private final AttemptLedger ledger = new NamedLedger("test");

	private WireProxy proxy;

	private ConnectionPool pool;

	BrokenConnectionTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void open() throws SQLException {
		PoolFixture.createTable(this.database);
		this.proxy = this.database.proxy();
		this.pool = PoolFixture.open(this.database.through(this.proxy));
		this.ledger.open();
	}

	@AfterEach
	void close() {
		this.ledger.close();
		this.pool.close(Duration.ZERO);
		this.proxy.close();
	}

	@ParameterizedTest(name = "T6 {0}")
	@EnumSource
	void whenACommitIsCutThenItIsPendingWhateverSpringThrows(CutPoint point) {
		this.proxy.cutNextCommit(point);
		DataSource dataSource = this.pool.dataSource();
		TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		assertThatException().isThrownBy(
				() -> transactions.executeWithoutResult((status) -> new JdbcTemplate(dataSource).update(INSERT)));
		assertThat(this.proxy.statementCuts(point)).isOne();
		assertThat(this.ledger.commitPending()).isTrue();
		assertThat(this.ledger.phase()).isEqualTo(Phase.COMMITTING);
		assertThat(this.pool.dialect().classify(this.ledger.failure())).isNotNull();
	}

	@ParameterizedTest(name = "{0}")
	@EnumSource
	void whenAnAutocommittedWriteIsCutThenItIsPending(CutPoint point) throws SQLException {
		this.proxy.cutNext((sql) -> sql.startsWith("insert"), point);
		try (Connection connection = this.pool.dataSource().getConnection()) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, INSERT));
		}
		assertThat(this.proxy.statementCuts(point)).isOne();
		assertThat(this.ledger.phase()).isEqualTo(Phase.AUTOCOMMIT);
		assertThat(this.ledger.commitPending()).isTrue();
	}

	@Test
	void whenAnAutocommittedReadIsCutThenNothingIsPending() throws SQLException {
		try (Connection connection = this.pool.dataSource().getConnection()) {
			execute(connection, "select 1");
			this.proxy.cut();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, "select 1"));
		}
		assertThat(this.ledger.phase()).isEqualTo(Phase.EXECUTING);
		assertThat(this.ledger.commitPending()).isFalse();
	}

	@Test
	void whenAStatementIsCutThenItsFailureOutlivesThoseThatFollow() throws SQLException {
		try (Connection connection = this.pool.dataSource().getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, INSERT);
			this.proxy.cut();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, "select 1"));
			SQLException first = this.ledger.failure();
			assertThat(this.ledger.transactionUndone(this.pool)).isTrue();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, "select 1"));
			assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
			assertThat((Object) this.ledger.failure()).isSameAs(first);
			assertThat(this.ledger.phase()).isEqualTo(Phase.EXECUTING);
			assertThat(this.ledger.commitPending()).as("what was undone cannot be committed").isFalse();
		}
		assertThat(this.ledger.transactionUndone(this.pool)).isFalse();
	}

	@Test
	void whenTheServerIsGoneThenThePhaseIsAcquiring() {
		this.proxy.down();
		this.pool.evict();
		try (ConnectionPool late = PoolFixture.open(this.database.through(this.proxy),
				PoolFixture.config(this.database.through(this.proxy))
					.startup(StartupMode.LAZY)
					.connectionAcquisitionTimeout(Duration.ofMillis(500)))) {
			assertThatExceptionOfType(AcquisitionTimeoutException.class)
				.isThrownBy(() -> late.dataSource().getConnection())
				.satisfies((ex) -> assertThat(ex.exhausted()).isFalse())
				.withMessageContaining("could be opened");
			assertThat(late.statistics().errors()).isOne();
			assertThat(late.statistics().timeouts()).isZero();
		}
		assertThat(this.ledger.phase()).isEqualTo(Phase.ACQUIRING);
	}

}

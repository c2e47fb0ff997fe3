package io.dbop.execution;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Without a scope each statement stands as soon as it is done. */
@OnOneNode(OnOneNode.LOCKS)
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class AutocommitTests {

	private final DatabaseInstance database;

	private final WireProxy proxy;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	AutocommitTests(DatabaseInstance database) {
		this.database = database;
		this.proxy = database.proxy();
		this.fixture = EngineFixture.inRealTime(database.through(this.proxy));
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@Test
	void whenAWriteStandsAlreadyThenALaterFailureIsNotRetried() throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.fixture.perform((spec) -> spec.scope(Scope.NONE), () -> noteAndLock(lock)));
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	void whenAWriteStandsAndTheCallIsIdempotentThenItIsRetried() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.perform((spec) -> spec.scope(Scope.NONE).idempotent(), () -> noteAndLock(lock));
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).hasSize(2);
	}

	@Test
	void whenAReaderWritesAllTheSameThenItIsNotRetried() throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(
					() -> this.fixture.perform((spec) -> spec.scope(Scope.NONE).readOnly(), () -> noteAndLock(lock)));
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	void whenTheDriversConnectionWasTakenThenItIsNotRetried() throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.fixture.perform((spec) -> spec.scope(Scope.NONE), () -> {
					this.attempts.incrementAndGet();
					this.fixture.jdbc.execute((ConnectionCallback<?>) this::insertUnseen);
					this.items.lockNow(1);
				}));
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).hasSize(1);
	}

	private @Nullable Void insertUnseen(Connection connection) throws SQLException {
		Class<?> driver = switch (this.database.database()) {
			case POSTGRESQL -> org.postgresql.PGConnection.class;
			case MARIADB -> org.mariadb.jdbc.Connection.class;
			default -> com.mysql.cj.jdbc.JdbcConnection.class;
		};
		try (Statement statement = ((Connection) connection.unwrap(driver)).createStatement()) {
			statement.executeUpdate("insert into note (text) values ('unseen')");
		}
		return null;
	}

	@Test
	void whenAnUpdatableResultHasWrittenThenItIsNotRetried() throws Exception {
		this.items.insert(2);
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.fixture.perform((spec) -> spec.scope(Scope.NONE), () -> {
					this.attempts.incrementAndGet();
					this.fixture.jdbc.execute((ConnectionCallback<?>) AutocommitTests::insertByRow);
					this.items.lockNow(1);
				}));
		}
		assertThat(this.attempts).hasValue(1);
	}

	private static @Nullable Void insertByRow(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE,
				ResultSet.CONCUR_UPDATABLE);
				ResultSet rows = statement.executeQuery("select id, amount from item where id = 2")) {
			assertThat(rows.next()).isTrue();
			rows.updateInt("amount", 7);
			rows.updateRow();
		}
		return null;
	}

	@Test
	void whenNothingWasWrittenBeforeTheFailureThenItIsRetried() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.perform((spec) -> spec.scope(Scope.NONE), () -> {
				if (this.attempts.incrementAndGet() == 2) {
					lock.close();
				}
				this.fixture.jdbc.queryForList("select id from item");
				this.items.lockNow(1);
			});
		}
		assertThat(this.attempts).hasValue(2);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheConnectionIsLostInAWriteThenItsOutcomeIsUnknown(CutPoint point) {
		this.proxy.cutNext((sql) -> sql.startsWith("insert"), point);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> insert((spec) -> {
		}));
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).hasSize((point == CutPoint.BEFORE_ANSWER) ? 1 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheConnectionIsLostInAWriteOfAnIdempotentCallThenItIsRetried(CutPoint point) throws Throwable {
		this.proxy.cutNext((sql) -> sql.startsWith("insert"), point);
		insert((spec) -> spec.idempotent());
		assertThat(this.attempts).hasValue(2);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheConnectionIsLostInAReadThenItIsRetried(CutPoint point) throws Throwable {
		this.proxy.cutNext((sql) -> sql.startsWith("select id"), point);
		this.fixture.perform((spec) -> spec.scope(Scope.NONE), () -> {
			this.attempts.incrementAndGet();
			this.fixture.jdbc.queryForList("select id from item");
		});
		assertThat(this.attempts).hasValue(2);
	}

	private void insert(Consumer<ExecutionSpec<Object>> settings) throws Throwable {
		this.fixture.perform((spec) -> settings.accept(spec.scope(Scope.NONE)), () -> {
			this.attempts.incrementAndGet();
			this.items.note("autocommitted");
		});
	}

	private void noteAndLock(HeldLock lock) throws Exception {
		if (this.attempts.incrementAndGet() == 2) {
			lock.close();
		}
		this.items.note("attempt");
		this.items.lockNow(1);
	}

}

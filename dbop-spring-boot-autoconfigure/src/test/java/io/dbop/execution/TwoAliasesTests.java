package io.dbop.execution;

import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Calls inside calls on another alias: each goes by its own database. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class TwoAliasesTests {

	private final DatabaseInstance database;

	private final DatabaseInstance other = TestDatabase.H2.freshDatabase();

	private final EngineFixture outer = EngineFixture.inRealTime(this.other);

	private final EngineFixture inner;

	private final Items outerItems;

	private final Items innerItems;

	private final AtomicInteger outerCalls = new AtomicInteger();

	private final AtomicInteger innerCalls = new AtomicInteger();

	TwoAliasesTests(DatabaseInstance database) {
		this.database = database;
		this.inner = EngineFixture.inRealTime(database);
		this.innerItems = new Items(database, this.inner.jdbc).with(1);
		this.outerItems = new Items(this.other, this.outer.jdbc);
	}

	@AfterEach
	void close() throws Exception {
		this.outer.close();
		this.inner.close();
		this.other.close();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenTheInnerCallFailsThenItIsRetriedInItsOwnTransaction() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.outer.perform((spec) -> spec.named("outer"), () -> {
				this.outerItems.note("outer " + this.outerCalls.incrementAndGet());
				inner(lock);
			});
		}
		assertThat(this.outerItems.notes()).containsExactly("outer 1");
		assertThat(this.innerItems.notes()).containsExactly("inner 2");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenTheInnerCallHasGivenUpThenTheOuterCallDoesNotRepeatItAndIsNotBlamed() throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 1); Warnings warnings = Warnings.watch()) {
			assertThat(catchThrowable(() -> this.outer.perform((spec) -> spec.named("outer"), () -> {
				this.outerItems.note("outer " + this.outerCalls.incrementAndGet());
				this.inner.perform((spec) -> spec.named("inner"), () -> {
					this.innerCalls.incrementAndGet();
					this.innerItems.lockNow(1);
				});
			}))).isInstanceOf(DataAccessException.class);
			assertThat(warnings.messages()).singleElement().asString().contains("'inner'");
		}
		assertThat(this.outerCalls).hasValue(1);
		assertThat(this.innerCalls).hasValue(4);
		assertThat(this.outerItems.notes()).isEmpty();
		assertThat(this.outer.breakers.breaker("main").status().failures()).isZero();
	}

	@Test
	void whenTheTransactionOfTheInnerAliasIsUndoneThenThatOfTheOuterIsNot() throws Throwable {
		this.inner.inOuter(() -> {
			this.outer.inOuter(() -> {
				this.outerItems.note("kept");
				this.outer.perform((spec) -> spec.named("outer").scope(Scope.TRANSACTION), () -> {
					this.outerItems.note("kept too");
					assertThat(catchThrowable(() -> this.inner.jdbc.execute("nonsense"))).isNotNull();
				});
			});
			this.inner.jdbc.execute((Connection connection) -> {
				connection.rollback();
				return null;
			});
		});
		assertThat(this.outerItems.notes()).containsExactly("kept", "kept too");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("what an attempt has written in a transaction around it is not written twice")
	void whenTheInnerCallHasWrittenInATransactionThatIsOpenThenItIsNotRepeated() throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThat(catchThrowable(() -> this.outer.inOuter(() -> {
				catchThrowable(() -> writingOutside(lock));
				this.outerItems.note("outer");
			}))).isNull();
		}
		assertThat(this.innerCalls).hasValue(1);
		assertThat(this.outerItems.notes()).containsExactly("by inner 1", "outer");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("and the call that has begun that transaction repeats both")
	void whenTheInnerCallHasWrittenInTheTransactionOfACallThenThatRepeatsBoth() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.outer.perform((spec) -> spec.named("outer"), () -> {
				this.outerItems.note("outer " + this.outerCalls.incrementAndGet());
				writingOutside(lock);
			});
		}
		assertThat(this.outerItems.notes()).containsExactly("by inner 2", "outer 2");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("what was gone back from is not there to be repeated")
	void whenTheInnerCallHasUndoneItsWriteAtASavepointThenItIsRepeated() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.outer.inOuter(() -> this.inner.perform((spec) -> spec.named("inner"), () -> {
				if (this.innerCalls.incrementAndGet() == 2) {
					lock.close();
				}
				assertThat(catchThrowable(
						() -> this.outer.perform((spec) -> spec.scope(Scope.SAVEPOINT).maxRetries(0), () -> {
							this.outerItems.note("undone");
							throw new IllegalStateException("business");
						})))
					.isInstanceOf(IllegalStateException.class);
				this.outer.perform((spec) -> spec.scope(Scope.SAVEPOINT).preAttempt(AttemptContext::setRollbackOnly),
						() -> this.outerItems.note("tried"));
				this.innerItems.lockNow(1);
			}));
		}
		assertThat(this.innerCalls).hasValue(2);
		assertThat(this.outerItems.notes()).isEmpty();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("what was done on the driver's own connection may be a write")
	void whenTheInnerCallHasHadTheDriversConnectionThenItIsNotRepeated() throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThat(catchThrowable(() -> this.outer.inOuter(() -> {
				catchThrowable(() -> this.inner.perform((spec) -> spec.named("inner"), () -> {
					if (this.innerCalls.incrementAndGet() == 2) {
						lock.close();
					}
					this.outer.jdbc.execute((Connection connection) -> connection.unwrap(JdbcConnection.class)
						.createStatement()
						.execute("insert into note (text) values ('past us')"));
					this.innerItems.lockNow(1);
				}));
			}))).isNull();
		}
		assertThat(this.outerItems.notes()).containsExactly("past us");
	}

	private void writingOutside(HeldLock lock) throws Throwable {
		this.inner.perform((spec) -> spec.named("inner"), () -> {
			if (this.innerCalls.incrementAndGet() == 2) {
				lock.close();
			}
			this.outerItems.note("by inner " + this.innerCalls);
			this.innerItems.lockNow(1);
		});
	}

	private void inner(HeldLock lock) throws Throwable {
		this.inner.perform((spec) -> spec.named("inner"), () -> {
			if (this.innerCalls.incrementAndGet() == 2) {
				lock.close();
			}
			this.innerItems.note("inner " + this.innerCalls);
			this.innerItems.lockNow(1);
		});
	}

}

package io.dbop.failure;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;

class SqlExceptionChainTests {

	private static final Classification DEADLOCK = Classification.retryable(FailureKind.DEADLOCK, Redo.SAVEPOINT);

	private static final Classification CONSTRAINT = Classification.never(FailureKind.CONSTRAINT);

	private static final Classification ABORTED = Classification.never(FailureKind.TRANSACTION_ABORTED);

	private static final Classification CLOSED = Classification.doubtfulAtCommit(FailureKind.CONNECTION_CLOSED,
			Redo.CONNECTION);

	private static final Map<String, Classification> KNOWN = Map.of("40P01", DEADLOCK, "23505", CONSTRAINT, "25P02",
			ABORTED, "08003", CLOSED);

	@Test
	@DisplayName("R11: a deadlock four causes deep is found")
	void whenDeadlockIsFourCausesDeepThenItSpeaks() {
		Throwable failure = new RuntimeException(
				new IllegalStateException(new Exception(new RuntimeException(sql("40P01")))));
		assertThat(classify(failure)).isEqualTo(DEADLOCK);
	}

	@Test
	@DisplayName("R11: a deadlock under a batch's next exception is found")
	void whenDeadlockIsNextExceptionOfBatchThenItSpeaks() {
		BatchUpdateException batch = new BatchUpdateException(new int[0]);
		batch.setNextException(sql("40P01"));
		assertThat(classify(new TransactionSystemException("tx", batch))).isEqualTo(DEADLOCK);
	}

	@Test
	@DisplayName("R11: a deadlock under 25P02 is found, as cause, next or suppressed exception")
	void whenDeadlockLiesUnderAbortedTransactionThenItSpeaks() {
		SQLException byCause = sql("25P02");
		byCause.initCause(sql("40P01"));
		SQLException byNext = sql("25P02");
		byNext.setNextException(sql("40P01"));
		SQLException bySuppressed = sql("25P02");
		bySuppressed.addSuppressed(new RuntimeException(sql("40P01")));
		assertThat(classify(byCause)).isEqualTo(DEADLOCK);
		assertThat(classify(byNext)).isEqualTo(DEADLOCK);
		assertThat(classify(bySuppressed)).isEqualTo(DEADLOCK);
	}

	@Test
	@DisplayName("R11: a deadlock under Spring's and an ORM's wrappers is found")
	void whenDeadlockIsWrappedByFrameworksThenItSpeaks() {
		Throwable orm = new RuntimeException("could not execute statement", sql("40P01"));
		assertThat(classify(new CannotAcquireLockException("translated", orm))).isEqualTo(DEADLOCK);
	}

	@Test
	@DisplayName("R11: a cyclic chain ends")
	void whenChainIsCyclicThenItEnds() {
		RuntimeException outer = new RuntimeException("outer");
		SQLException aborted = sql("25P02");
		SQLException deadlock = sql("40P01");
		outer.initCause(aborted);
		aborted.setNextException(deadlock);
		aborted.addSuppressed(outer);
		deadlock.initCause(outer);
		assertThat(SqlExceptionChain.of(outer)).containsExactly(aborted, deadlock);
		assertThat(classify(outer)).isEqualTo(DEADLOCK);
	}

	@Test
	@DisplayName("R11: long chains are quick: each exception is looked at once, however often it is referred to")
	void whenChainIsLongThenItIsQuick() {
		List<Counted> chain = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			Counted next = new Counted();
			chain.forEach(next::addSuppressed);
			if (i > 0) {
				next.initCause(chain.get(i - 1));
				next.setNextException(chain.get(i / 2));
			}
			chain.add(next);
		}
		Counted last = chain.get(chain.size() - 1);
		AtomicInteger classified = new AtomicInteger();
		SqlExceptionChain.classify(last, (exception) -> {
			classified.incrementAndGet();
			return null;
		});
		assertThat(classified.get()).isLessThanOrEqualTo(2 * chain.size());
		assertThat(chain).allSatisfy((each) -> assertThat(each.looks).isLessThanOrEqualTo(4));
	}

	@Test
	@DisplayName("R11: very long chains take no stack")
	void whenChainIsVeryLongThenTheStackSuffices() {
		assertThat(classify(chain(4_900))).isEqualTo(DEADLOCK);
	}

	private static Throwable chain(int length) {
		Throwable causes = sql("40P01");
		for (int i = 0; i < length; i++) {
			causes = new RuntimeException("wrapper", causes);
		}
		BatchUpdateException failure = new BatchUpdateException(new int[0], causes);
		SQLException last = failure;
		for (int i = 0; i < length; i++) {
			SQLException next = sql("99999");
			last.setNextException(next);
			last = next;
		}
		return failure;
	}

	@Test
	void whenCausesNeverEndThenTheWalkDoes() {
		class Endless extends RuntimeException {

			@Override
			public synchronized Throwable getCause() {
				return new Endless();
			}

		}
		assertThat(classify(new Endless())).isNull();
	}

	@Test
	void whenListedThenEveryExceptionComesOnceWithCausesBeforeNextAndSuppressedLast() {
		SQLException first = sql("00001");
		SQLException cause = sql("00002");
		SQLException next = sql("00003");
		SQLException suppressed = sql("00004");
		first.initCause(cause);
		first.setNextException(next);
		next.initCause(cause);
		first.addSuppressed(suppressed);
		assertThat(SqlExceptionChain.of(first)).containsExactly(first, cause, next, suppressed);
	}

	@Test
	@DisplayName("R12: words of an application's exception mean nothing")
	void whenNoSqlExceptionIsThereThenItIsNoFailureOfADatabase() {
		assertThat(classify(new IllegalStateException("deadlock timeout 40P01"))).isNull();
	}

	@Test
	void whenAnApplicationExceptionSuppressesADeadlockThenItIsNoFailureOfADatabase() {
		IllegalStateException failure = new IllegalStateException("no such account");
		failure.addSuppressed(sql("40P01"));
		assertThat(classify(failure)).isNull();
	}

	@Test
	void whenACauseIsKnownThenSuppressedExceptionsAreNotHeard() {
		SQLException failure = sql("23505");
		failure.addSuppressed(sql("40P01"));
		assertThat(classify(failure)).isEqualTo(CONSTRAINT);
	}

	@Test
	void whenOnlyConsequencesAreThereThenTheFirstSpeaks() {
		SQLException failure = sql("08003");
		failure.addSuppressed(sql("25P02"));
		assertThat(classify(failure)).isEqualTo(CLOSED);
	}

	@Test
	void whenNothingIsKnownThenTheKindIsUnknown() {
		assertThat(classify(sql("99999"))).isEqualTo(Classification.never(FailureKind.UNKNOWN));
	}

	private static @Nullable Classification classify(Throwable failure) {
		return SqlExceptionChain.classify(failure, (exception) -> KNOWN.get(String.valueOf(exception.getSQLState())));
	}

	private static SQLException sql(String state) {
		return new SQLException("failed", state);
	}

	/** Counts how often its causes are asked for. */
	private static final class Counted extends SQLException {

		private int looks;

		@Override
		public synchronized Throwable getCause() {
			this.looks++;
			return super.getCause();
		}

	}

}

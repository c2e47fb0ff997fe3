package io.dbop.execution;

import java.sql.SQLException;
import java.util.List;

import io.dbop.circuit.CircuitOpenException;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureClassifier;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Phase;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.pool.ConnectionPool;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.interceptor.TransactionAttribute;

/**
 * Finds out what the failure of an attempt means: from what was thrown, and from what its
 * connections recorded, which outlives the exceptions that cover it up.
 */
final class Judge {

	private static final Log logger = LogFactory.getLog(Judge.class);

	private final ConnectionPool pool;

	private final List<FailureClassifier> classifiers;

	Judge(ConnectionPool pool, List<FailureClassifier> classifiers) {
		this.pool = pool;
		this.classifiers = List.copyOf(classifiers);
	}

	Failure judge(Call call, Throwable thrown) {
		if (thrown instanceof CircuitOpenException) {
			return new Failure(FailureKind.APPLICATION, Redo.NEVER, false, Phase.ACQUIRING, null, this.pool);
		}
		if (thrown instanceof CommitOutcomeUnknownException) {
			ConnectionPool failed = call.failedPool();
			return new Failure(FailureKind.CONNECTION_LOST, Redo.CONNECTION, true, Phase.COMMITTING, call.failure(),
					(failed != null) ? failed : this.pool);
		}
		Evidence evidence = Evidence.of(call, thrown, this.pool);
		Classification classification = classify(call, thrown, evidence);
		return combine(call, evidence, classification);
	}

	private Failure combine(Call call, Evidence evidence, @Nullable Classification classification) {
		SQLException exception = evidence.exception();
		Phase phase = evidence.phase();
		ConnectionPool failed = evidence.pool();
		boolean pending = call.commitPending();
		if (classification == null) {
			FailureKind kind = (exception != null) ? FailureKind.UNKNOWN : FailureKind.APPLICATION;
			return new Failure(kind, pending ? Redo.CONNECTION : redo(call, kind), pending, phase, exception, failed);
		}
		if (classification.kind() == FailureKind.READ_ONLY_SERVER && declaredReadOnly(call)) {
			// Not the server refuses the write, but the transaction that was asked for.
			return new Failure(FailureKind.PERMANENT, Redo.NEVER, false, phase, exception, failed);
		}
		boolean unknown = pending || classification.outcomeUnknownIn(phase);
		if (call.cancelled()) {
			return new Failure(FailureKind.CANCELLED, unknown ? Redo.CONNECTION : Redo.NEVER, unknown, phase, exception,
					failed);
		}
		if (evidence.recorded() && call.deadlineExceeded()) {
			Redo redo = classification.redo();
			return new Failure(FailureKind.STATEMENT_TIMEOUT, (redo != Redo.NEVER) ? redo : Redo.SAVEPOINT, unknown,
					phase, exception, failed, call.refusedUnasked());
		}
		Redo redo = unknown ? Redo.CONNECTION : classification.redo();
		return new Failure(classification.kind(), redo, unknown, phase, exception, failed,
				evidence.recorded() && call.refusedUnasked());
	}

	/** What nobody knows is repeated if it is on a list of what to repeat. */
	private static Redo redo(Call call, FailureKind kind) {
		boolean listed = kind == FailureKind.APPLICATION && !call.plan.settings().retryOn().isEmpty();
		return listed ? Redo.SAVEPOINT : Redo.NEVER;
	}

	private static boolean declaredReadOnly(Call call) {
		TransactionAttribute managed = call.plan.settings().managedBy();
		return call.readOnly() || (managed != null && managed.isReadOnly())
				|| (call.inOuterTransaction && call.plan.engine().transactions().readOnly());
	}

	private @Nullable Classification classify(Call call, Throwable thrown, Evidence evidence) {
		Classification answer = call.plan.mayRetry(thrown) ? askAll(call, thrown) : null;
		if (answer == null && evidence.source() != null) {
			answer = SqlExceptionChain.classify(evidence.source(), evidence.pool().knownDialect()::classify);
		}
		return answer;
	}

	private @Nullable Classification askAll(Call call, Throwable thrown) {
		FailureClassifier own = call.plan.settings().classifier();
		Classification answer = (own != null) ? ask(own, thrown) : null;
		for (FailureClassifier each : this.classifiers) {
			answer = (answer != null) ? answer : ask(each, thrown);
		}
		return answer;
	}

	private @Nullable Classification ask(FailureClassifier classifier, Throwable thrown) {
		try {
			return classifier.classify(thrown);
		}
		catch (Exception | LinkageError | AssertionError ex) {
			FailedExtension.warn(logger, "Failure classifier " + classifier.getClass().getName()
					+ " failed itself; the failure it was asked about goes on without its answer", ex);
			return null;
		}
	}

	/**
	 * What a failure is judged by.
	 *
	 * @param source the exception whose chain is looked at, {@code null} if no database
	 * is behind the failure
	 * @param exception the driver's exception to report
	 * @param phase what the connection was doing
	 * @param pool whose connection it was
	 * @param recorded whether it is what was recorded last
	 */
	private record Evidence(@Nullable Throwable source, @Nullable SQLException exception, Phase phase,
			ConnectionPool pool, boolean recorded) {

		static Evidence of(Call call, Throwable thrown, ConnectionPool pool) {
			SQLException recorded = call.failure();
			List<SQLException> chain = SqlExceptionChain.of(thrown);
			SQLException visible = chain.isEmpty() ? null : chain.get(0);
			if (recorded != null && concerns(thrown, chain, recorded)) {
				Throwable source = chain.contains(recorded) ? thrown : recorded;
				Phase phase = call.phase();
				ConnectionPool failed = call.failedPool();
				return new Evidence(source, recorded, (phase != null) ? phase : Phase.EXECUTING,
						(failed != null) ? failed : pool, true);
			}
			Phase phase = (recorded != null) ? working(call) : unseen(call, thrown);
			return new Evidence((visible != null) ? thrown : null, visible, phase, pool, false);
		}

		/**
		 * Where a failure struck that no connection of ours has seen, because the
		 * application has another way to the database: in doubt, in the commit. Not where
		 * Spring says that it got no connection at all.
		 */
		private static Phase unseen(Call call, Throwable thrown) {
			boolean unconnected = thrown instanceof CannotCreateTransactionException
					|| thrown instanceof CannotGetJdbcConnectionException;
			boolean ended = call.hasResult() || (call.plan.settings().managedBy() != null && !unconnected);
			return (call.ownsTransaction && !call.inOuterTransaction && ended) ? Phase.COMMITTING : working(call);
		}

		private static Phase working(Call call) {
			return (call.ownsTransaction || call.inOuterTransaction) ? Phase.EXECUTING : Phase.AUTOCOMMIT;
		}

		/**
		 * Whether the recorded failure is what this exception is about: it is in it, or
		 * the exception is one of those that follow it (a rollback that failed as well, a
		 * transaction that could not be ended).
		 */
		private static boolean concerns(Throwable thrown, List<SQLException> chain, SQLException recorded) {
			return chain.contains(recorded) || thrown instanceof TransactionException;
		}

	}

}

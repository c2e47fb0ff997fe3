package io.dbop.statement;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionPlan;
import io.dbop.execution.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The plans of statements, of which there are as many as kinds of runs, resolved once.
 * Thread-safe.
 */
final class StatementPlans {

	private static final int MAX_PLANS = 1000;

	private final DatabaseEngine engine;

	private final Map<PlanKey, ExecutionPlan> plans = new ConcurrentHashMap<>();

	StatementPlans(DatabaseEngine engine) {
		this.engine = engine;
	}

	ExecutionPlan get(StatementRequest request) {
		StatementTarget target = request.target();
		StatementOptions options = request.options();
		String name = options.operation();
		PlanKey key = new PlanKey((name != null) ? name : request.form().kind().operation(), request.readsOnly(),
				scope(request), target.pinned() || target.streamsApart(request), options.idempotent(),
				options.limits().timeout(), target.pinned() ? Integer.valueOf(0) : options.maxRetries());
		ExecutionPlan known = this.plans.get(key);
		if (known != null) {
			return known;
		}
		ExecutionPlan made = make(key);
		if (this.plans.size() < MAX_PLANS) {
			this.plans.putIfAbsent(key, made);
		}
		return made;
	}

	/**
	 * A batch is done as a whole; and where the connections of the pool do not commit by
	 * themselves, nobody else would commit a write. A stream is read when its transaction
	 * had ended. What a replica may answer is declared to read, hooks included.
	 */
	private Scope scope(StatementRequest request) {
		StatementTarget target = request.target();
		StatementForm.Kind kind = request.form().kind();
		if (target.pinned() || kind == StatementForm.Kind.STREAM) {
			return Scope.NONE;
		}
		boolean writes = !request.readsOnly();
		boolean whole = kind == StatementForm.Kind.BATCH
				|| (writes && !target.pool().commitsEach() && !target.inTransactionOfCaller())
				|| (this.engine.hooksNeedTransaction() && request.mayLag());
		return whole ? Scope.TRANSACTION : Scope.STATEMENT;
	}

	private ExecutionPlan make(PlanKey key) {
		return this.engine.plan((spec) -> {
			spec.named(key.name()).scope(key.scope());
			if (key.hooksByWork()) {
				spec.hooksByWork();
			}
			if (key.reads()) {
				spec.readOnly();
			}
			if (key.idempotent()) {
				spec.idempotent();
			}
			if (key.timeout() != null) {
				spec.timeout(key.timeout());
			}
			if (key.maxRetries() != null) {
				spec.maxRetries(key.maxRetries());
			}
		});
	}

	/** What plans differ in. */
	private record PlanKey(String name, boolean reads, Scope scope, boolean hooksByWork, boolean idempotent,
			@Nullable Duration timeout, @Nullable Integer maxRetries) {
	}

}

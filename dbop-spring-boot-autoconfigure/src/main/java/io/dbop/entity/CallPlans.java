package io.dbop.entity;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.ExecutionPlan;
import io.dbop.execution.Scope;
import org.jspecify.annotations.Nullable;

/** The plans of operations on entities, resolved once. Thread-safe. */
final class CallPlans {

	private static final int MAX_PLANS = 1000;

	private final DatabaseEngine engine;

	private final Map<Key, ExecutionPlan> plans = new ConcurrentHashMap<>();

	CallPlans(DatabaseEngine engine) {
		this.engine = engine;
	}

	ExecutionPlan get(EntityCall call, Kind kind) {
		Key key = new Key(call.operation(), kind, call.timeout());
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

	private ExecutionPlan make(Key key) {
		return this.engine.plan((spec) -> {
			spec.named(key.operation()).scope(key.kind().scope);
			if (key.kind() != Kind.WHOLE) {
				spec.maxRetries(0);
			}
			if (key.kind() == Kind.LIMIT) {
				spec.hooksByWork();
			}
			if (key.timeout() != null) {
				spec.timeout(key.timeout());
			}
		});
	}

	/** What a plan is for. */
	enum Kind {

		/** Nothing but the time of the call, whose statements have hooks of their own. */
		LIMIT(Scope.NONE),

		/** To be done as a whole, and again where that is safe. */
		WHOLE(Scope.TRANSACTION),

		/** To be done as a whole, and only once. */
		WHOLE_ONCE(Scope.TRANSACTION),

		/** A part of a transaction that may fail by itself. */
		PART(Scope.SAVEPOINT);

		private final Scope scope;

		Kind(Scope scope) {
			this.scope = scope;
		}

	}

	private record Key(String operation, Kind kind, @Nullable Duration timeout) {
	}

}

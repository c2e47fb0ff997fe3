package io.dbop.observation;

import java.util.function.Supplier;

import io.dbop.execution.Ending;
import io.dbop.execution.ExecutionObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Makes an observation of every operation and of every attempt, which is its child.
 * Thread-safe.
 */
public final class ExecutionObservations implements ExecutionObserver {

	private static final OperationObservationConvention OPERATION = new OperationObservationConvention() {
	};

	private static final AttemptObservationConvention ATTEMPT = new AttemptObservationConvention() {
	};

	private final SingletonSupplier<Ground> ground;

	/**
	 * Creates the observer. What it needs is asked for once, when something is first
	 * observed.
	 * @param registry who the observations are made with
	 * @param operations the convention of operations, {@code null} for a global one or
	 * that of dbop
	 * @param attempts the convention of attempts, {@code null} for a global one or that
	 * of dbop
	 */
	public ExecutionObservations(Supplier<ObservationRegistry> registry,
			Supplier<? extends @Nullable OperationObservationConvention> operations,
			Supplier<? extends @Nullable AttemptObservationConvention> attempts) {
		this.ground = SingletonSupplier.of(() -> new Ground(registry.get(), operations.get(), attempts.get()));
	}

	@Override
	public Observed operation(String alias, String operation) {
		OperationObservationContext context = new OperationObservationContext(alias, operation);
		Ground ground = this.ground.obtain();
		return begun(context, DatabaseObservation.OPERATION.observation(ground.operations(), OPERATION, () -> context,
				ground.registry()));
	}

	@Override
	public Observed attempt(String alias, String operation, int attempt) {
		AttemptObservationContext context = new AttemptObservationContext(alias, operation, attempt);
		Ground ground = this.ground.obtain();
		return begun(context,
				DatabaseObservation.ATTEMPT.observation(ground.attempts(), ATTEMPT, () -> context, ground.registry()));
	}

	private static Observed begun(DatabaseObservationContext context, Observation observation) {
		Observation.Scope scope = observation.start().openScope();
		return (ending) -> {
			try {
				scope.close();
			}
			finally {
				end(context, observation, ending);
			}
		};
	}

	private static void end(DatabaseObservationContext context, Observation observation, Ending ending) {
		context.ended(ending);
		ObservedFailure failure = ObservedFailure.of(ending);
		if (failure != null) {
			observation.error(failure);
		}
		observation.stop();
	}

	@Override
	public <T extends @Nullable Object> Supplier<T> carried(Supplier<T> task) {
		Observation caller = this.ground.obtain().registry().getCurrentObservation();
		if (caller == null) {
			return task;
		}
		return () -> {
			Observation.Scope scope = caller.openScope();
			try {
				return task.get();
			}
			finally {
				scope.close();
			}
		};
	}

	/** What observations are made with. */
	private record Ground(ObservationRegistry registry, @Nullable OperationObservationConvention operations,
			@Nullable AttemptObservationConvention attempts) {
	}

}

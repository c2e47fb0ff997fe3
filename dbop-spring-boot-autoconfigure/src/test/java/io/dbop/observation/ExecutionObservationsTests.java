package io.dbop.observation;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.dbop.circuit.BreakerSettings;
import io.dbop.circuit.BreakerSettings.Recovery;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.ExecutionListener;
import io.dbop.execution.ExecutionSpec;
import io.dbop.execution.Scope;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotSerializeTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowable;

/** One observation per operation, and one per attempt inside of it. */
class ExecutionObservationsTests {

	private final AtomicInteger attempts = new AtomicInteger();

	private final List<String> waitedIn = new ArrayList<>();

	private DatabaseInstance instance;

	private ObservedDatabase database;

	private TestObservationRegistry registry;

	@BeforeEach
	void open() throws Exception {
		this.instance = TestDatabase.H2.freshDatabase();
		this.database = new ObservedDatabase(this.instance, new ExecutionListener() {

			@Override
			public void onRetry(AttemptContext context, Throwable failure, Duration delay) {
				waitedIn.add(current());
			}

		});
		this.registry = this.database.registry;
	}

	@AfterEach
	void close() throws Exception {
		assertThat(this.registry.getCurrentObservation()).isNull();
		this.database.close();
		this.instance.close();
	}

	@Test
	void whenAnOperationSucceedsThenItAndItsAttemptAreObserved() {
		run((spec) -> spec.named("Orders.find"), 0);
		assertThat(Observed.names(this.registry)).containsExactly("Orders.find", "attempt < Orders.find");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("dbop.operation")
			.that()
			.hasBeenStarted()
			.hasBeenStopped()
			.doesNotHaveError()
			.hasOnlyKeys("alias", "operation", "outcome", "classification", "sqlstate", "exception", "attempts")
			.hasLowCardinalityKeyValue("alias", "main")
			.hasLowCardinalityKeyValue("operation", "Orders.find")
			.hasLowCardinalityKeyValue("outcome", "success")
			.hasLowCardinalityKeyValue("classification", "none")
			.hasLowCardinalityKeyValue("sqlstate", "none")
			.hasLowCardinalityKeyValue("exception", "none")
			.hasHighCardinalityKeyValue("attempts", "1");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("dbop.attempt")
			.that()
			.hasBeenStopped()
			.doesNotHaveError()
			.hasOnlyKeys("alias", "operation", "outcome", "classification", "sqlstate", "exception", "attempt")
			.hasLowCardinalityKeyValue("operation", "Orders.find")
			.hasLowCardinalityKeyValue("attempt", "1")
			.hasLowCardinalityKeyValue("outcome", "success");
	}

	@Test
	void whenAttemptsAreRepeatedThenEachIsAChildAndTheWaitsAreNoneOfTheirs() {
		run((spec) -> spec.named("f"), 2);
		assertThat(Observed.names(this.registry)).containsExactly("f", "attempt < f", "attempt < f", "attempt < f");
		assertThat(Observed.values(this.registry, "attempt")).containsExactly("1", "2", "3");
		assertThat(Observed.endings(this.registry, "dbop.attempt")).containsExactly("failure serialization 40001",
				"failure serialization 40001", "success none none");
		assertThat(Observed.endings(this.registry, "dbop.operation")).containsExactly("success none none");
		assertThat(Observed.values(this.registry, "attempts")).containsExactly("3");
		assertThat(this.waitedIn).containsExactly("dbop.operation", "dbop.operation");
	}

	@Test
	void whenAllAttemptsFailThenTheOperationHasTheFailureOfTheLast() {
		assertThatException().isThrownBy(() -> run((spec) -> spec.named("f").maxRetries(1), 9));
		assertThat(Observed.endings(this.registry, "dbop.operation")).containsExactly("failure serialization 40001");
		assertThat(Observed.values(this.registry, "attempts")).containsExactly("2");
		assertThat(Observed.values(this.registry, "exception")).containsOnly("CannotSerializeTransactionException");
		assertThat(Observed.contexts(this.registry)).hasSize(3)
			.allSatisfy((context) -> assertThat(context.getError()).hasMessage(
					"CannotSerializeTransactionException (outcome failure, classification serialization, SQLSTATE 40001)"));
	}

	@Test
	void whenThereAreManyAttemptsThenTheirNumbersEnd() {
		run((spec) -> spec.named("f").maxRetries(20), 11);
		assertThat(Observed.values(this.registry, "attempt")).hasSize(12).endsWith("9", "10+", "10+", "10+");
		assertThat(Observed.values(this.registry, "attempts")).containsExactly("12");
	}

	@Test
	void whenTheBreakerIsOpenThenTheOperationIsRefusedAndNothingWasAttempted() {
		Consumer<ExecutionSpec<Object>> guarded = (
				spec) -> spec.named("f").maxRetries(0).circuitBreaker("quick", (settings) -> opensAfter(1));
		assertThatException().isThrownBy(() -> fail(guarded, "08001"));
		this.registry.clear();
		assertThatException().isThrownBy(() -> fail(guarded, "08001"));
		assertThat(Observed.names(this.registry)).containsExactly("f");
		assertThat(Observed.endings(this.registry, "dbop.operation")).containsExactly("refused none none");
		assertThat(Observed.values(this.registry, "attempts")).containsExactly("0");
		assertThat(Observed.values(this.registry, "exception")).containsExactly("CircuitOpenException");
	}

	@Test
	void whenTheBreakerOpensBetweenAttemptsThenTheOperationIsRefusedWithWhatItHadSeen() {
		assertThatException().isThrownBy(
				() -> fail((spec) -> spec.named("f").circuitBreaker("quick", (settings) -> opensAfter(2)), "08001"));
		assertThat(Observed.names(this.registry)).containsExactly("f", "attempt < f", "attempt < f");
		assertThat(Observed.endings(this.registry, "dbop.operation")).containsExactly("refused connect 08001");
		assertThat(Observed.values(this.registry, "attempts")).containsExactly("2");
	}

	@Test
	void whenOperationsAreNestedThenTheInnerOneIsAChildOfTheAttemptAroundIt() {
		this.database.handle.execute((spec) -> spec.named("outer").scope(Scope.NONE), () -> {
			run((spec) -> spec.named("inner"), 1);
			return null;
		});
		assertThat(Observed.names(this.registry)).containsExactly("outer", "attempt < outer", "inner < attempt < outer",
				"attempt < inner < attempt < outer", "attempt < inner < attempt < outer");
	}

	@Test
	void whenTheCallerGetsAFallbackThenTheOperationHasFailedAllTheSame() throws SQLException {
		Object answer = this.database.handle.execute((spec) -> spec.named("f").maxRetries(0).fallback((failure) -> {
			assertThat(this.registry.getCurrentObservation()).isNull();
			return "instead";
		}), () -> {
			throw new SQLException("no", "08001");
		});
		assertThat(answer).isEqualTo("instead");
		assertThat(Observed.endings(this.registry, "dbop.operation")).containsExactly("failure connect 08001");
	}

	@Test
	void whenTheApplicationFailsThenThatIsTold() {
		Throwable thrown = catchThrowable(() -> this.database.handle.execute((spec) -> spec.named("f"), () -> {
			throw new IllegalStateException("Ann owes 3 cents");
		}));
		assertThat(thrown).hasMessage("Ann owes 3 cents");
		assertThat(Observed.endings(this.registry, "dbop.operation")).containsExactly("failure application none");
		assertThat(Observed.contexts(this.registry)).hasSize(2).allSatisfy((context) -> {
			assertThat(context.toString()).doesNotContain("Ann");
			assertThat(((DatabaseObservationContext) context).getEnding().thrown()).isSameAs(thrown);
		});
	}

	@Test
	void whenADriverInventsAStateThenItIsNotAKey() {
		assertThatException().isThrownBy(() -> fail((spec) -> spec.named("f"), "customer 4711"));
		assertThat(Observed.values(this.registry, "sqlstate")).containsOnly("other");
	}

	@Test
	void whenThereAreTooManyOperationsThenTheirNamesEnd() {
		for (int i = 0; i < 1001; i++) {
			String name = "f" + i;
			run((spec) -> spec.named(name), 0);
		}
		assertThat(Observed.values(this.registry, "operation")).hasSize(2002).endsWith("f999", "(other)", "(other)");
	}

	@Test
	void whenSomethingIsObservedAroundThenItIsTheParent() {
		Observation.createNotStarted("request", this.registry)
			.contextualName("request")
			.observe(() -> run((spec) -> spec.named("f"), 0));
		assertThat(Observed.names(this.registry)).containsExactly("request", "f < request", "attempt < f < request");
	}

	private void run(Consumer<ExecutionSpec<Object>> spec, int failures) {
		this.database.handle.execute(((Consumer<ExecutionSpec<Object>>) (each) -> each.scope(Scope.NONE)).andThen(spec),
				() -> {
					if (this.attempts.getAndIncrement() < failures) {
						throw new CannotSerializeTransactionException("try again",
								new SQLException("try again", "40001"));
					}
					return "done";
				});
	}

	private void fail(Consumer<ExecutionSpec<Object>> spec, String state) throws SQLException {
		this.database.handle.execute(spec, () -> {
			throw new SQLException("no", state);
		});
	}

	private String current() {
		return this.registry.getCurrentObservation().getContext().getName();
	}

	/** Nothing but time lets calls through again. */
	private static BreakerSettings opensAfter(int failures) {
		return new BreakerSettings(failures, Duration.ofMinutes(1), Duration.ofMinutes(1), 1, Recovery.TIME,
				Duration.ofSeconds(1));
	}

}

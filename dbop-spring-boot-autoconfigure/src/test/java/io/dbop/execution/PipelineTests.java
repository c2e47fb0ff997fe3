package io.dbop.execution;

import java.util.List;
import java.util.function.Supplier;

import io.dbop.execution.DatabaseEngine.Extensions;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an observer makes of the pipeline, and what it cannot do to it. */
class PipelineTests {

	private DatabaseInstance database;

	@BeforeEach
	void open() throws Exception {
		this.database = TestDatabase.H2.freshDatabase();
	}

	@AfterEach
	void close() throws Exception {
		this.database.close();
	}

	@Test
	void whenNobodyObservesThenNoStageStandsThereForIt() {
		assertThat(stages(null)).containsExactly(StatisticsStage.class, RetryStage.class, BreakerStage.class,
				TransactionStage.class, WorkStage.class);
	}

	@Test
	void whenSomebodyObservesThenAStageIsAroundAllAndOneInsideTheBreaker() {
		assertThat(stages(new Failing())).containsExactly(ObservedOperationStage.class, StatisticsStage.class,
				RetryStage.class, BreakerStage.class, ObservedAttemptStage.class, TransactionStage.class,
				WorkStage.class);
	}

	@Test
	void whenNobodyObservesThenATaskIsNotWrapped() {
		try (EngineFixture fixture = new EngineFixture(this.database)) {
			Supplier<String> task = () -> "done";
			assertThat(fixture.engine.carried(task)).isSameAs(task);
		}
	}

	@Test
	void whenTheObserverFailsThenTheCallDoesNot() throws Throwable {
		try (EngineFixture fixture = observed(new Failing()); Warnings warnings = Warnings.watch()) {
			assertThat(fixture.<String>run((spec) -> spec.named("f"), () -> "done")).isEqualTo("done");
			Supplier<String> task = () -> "done";
			assertThat(fixture.engine.carried(task)).isSameAs(task);
			assertThat(warnings.messages()).hasSize(3).allMatch((message) -> message.contains("Failing"));
		}
	}

	private EngineFixture observed(@Nullable ExecutionObserver observer) {
		return new EngineFixture(this.database, EngineFixture.QUICK,
				new Extensions(List.of(), List.of(), List.of(), observer));
	}

	private List<Class<?>> stages(@Nullable ExecutionObserver observer) {
		try (EngineFixture fixture = observed(observer)) {
			return Stages.of(Pipeline.assemble(fixture.engine.plan((spec) -> spec.named("f"))));
		}
	}

	/** Begins attempts, and nothing else. */
	private static final class Failing implements ExecutionObserver {

		@Override
		public Observed operation(String alias, String operation) {
			throw new IllegalStateException("operation");
		}

		@Override
		public Observed attempt(String alias, String operation, int attempt) {
			return (ending) -> {
				throw new IllegalStateException("ended");
			};
		}

		@Override
		public <T extends @Nullable Object> Supplier<T> carried(Supplier<T> task) {
			throw new IllegalStateException("carried");
		}

	}

}

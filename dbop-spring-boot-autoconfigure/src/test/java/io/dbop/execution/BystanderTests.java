package io.dbop.execution;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What listeners and fallbacks do on the database is no part of the call. */
@EachDatabase
class BystanderTests {

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	private EngineFixture.Action listener = () -> {
	};

	private @Nullable Error error;

	BystanderTests(DatabaseInstance database) {
		ExecutionListener listening = new ExecutionListener() {

			@Override
			public void onRetry(AttemptContext context, Throwable failure, Duration delay) {
				catchThrowable(BystanderTests.this.listener::run);
			}

			@Override
			public void onSuccess(AttemptContext context) {
				fail();
				catchThrowable(BystanderTests.this.listener::run);
			}

			@Override
			public void onFailure(AttemptContext context, Throwable failure) {
				fail();
			}

			private void fail() {
				if (BystanderTests.this.error != null) {
					throw BystanderTests.this.error;
				}
			}

		};
		this.fixture = new EngineFixture(database, RetrySettings.defaults(),
				new DatabaseEngine.Extensions(List.of(), List.of(), List.of(listening), null));
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("a listener that keeps a record ends no retries")
	void whenAListenerWritesThenTheCallIsRepeatedAllTheSame() throws Throwable {
		this.listener = () -> this.items.note("told");
		this.fixture.perform(
				(spec) -> spec.scope(Scope.NONE)
					.classifier((failure) -> Classification.retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION)),
				() -> {
					if (this.attempts.incrementAndGet() < 3) {
						throw new IllegalStateException("again");
					}
				});
		assertThat(this.attempts).hasValue(3);
		assertThat(this.items.notes()).containsExactly("told", "told", "told");
	}

	@Test
	@DisplayName("a listener that uses the database by us is not told of that")
	void whenAListenerMakesACallThenItIsNotToldOfIt() throws Throwable {
		this.listener = () -> this.fixture.perform((spec) -> spec.named("audit"), () -> this.items.note("told"));
		this.fixture.perform((spec) -> spec.named("work"), () -> this.items.add(1));
		assertThat(this.items.notes()).containsExactly("told");
	}

	@Test
	@DisplayName("an Error of a listener is no failure of what has been committed")
	void whenAListenerIsOfABrokenBuildThenTheCallIsNotAffected() throws Throwable {
		this.error = new NoClassDefFoundError("of/a/Library");
		this.fixture.perform((spec) -> spec.named("work"), () -> this.items.note("done"));
		assertThat(this.items.notes()).containsExactly("done");
		IllegalStateException failure = new IllegalStateException("business");
		assertThat(catchThrowable(() -> this.fixture.perform((spec) -> spec.named("work"), () -> {
			throw failure;
		}))).isSameAs(failure);
	}

	@Test
	@DisplayName("a listener that fails in the transaction of the caller has nothing lost without a word")
	void whenAListenerFailsInATransactionThenItsWorkIsThereOrTheCallFails() {
		Throwable thrown = catchThrowable(() -> this.fixture.perform((spec) -> spec.named("outer"), () -> {
			this.items.note("first");
			this.fixture.perform((spec) -> spec.named("inner"), () -> this.items.add(1));
			this.listener = () -> this.items.insert(1);
			this.fixture.perform((spec) -> spec.named("inner"), () -> this.items.add(1));
			this.listener = () -> {
			};
		}));
		assertThat(this.items.notes()).hasSize((thrown == null) ? 1 : 0);
	}

	@Test
	@DisplayName("nor has a fallback")
	void whenAFallbackFailsInATransactionThenItsWorkIsThereOrItsCommitFails() {
		Throwable thrown = catchThrowable(() -> this.fixture.inOuter(() -> {
			this.items.note("first");
			this.fixture.perform((spec) -> spec.fallback((failure) -> {
				catchThrowable(() -> this.items.insert(1));
				return null;
			}), () -> {
				throw new IllegalStateException("business");
			});
		}));
		assertThat(this.items.notes()).hasSize((thrown == null) ? 1 : 0);
	}

}

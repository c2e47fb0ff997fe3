package io.dbop.test;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

/**
 * Tests for {@link DatabaseExtension}.
 */
class DatabaseExtensionTests {

	// Else a run of all classes in the package takes the classes below for tests.
	private static final String RUNNING = "io.dbop.test.DatabaseExtensionTests#isRunning";

	private static boolean running;

	static boolean isRunning() {
		return running;
	}

	@BeforeEach
	void start() {
		running = true;
	}

	@AfterEach
	void end() {
		running = false;
		System.clearProperty(TestSetting.REQUIRE.property());
	}

	@Test
	void whenUnavailableThenTheTestIsAbortedWithTheReason() {
		TestExecutionResult result = run(OnUnavailable.class);
		assertThat(result.getStatus()).isEqualTo(ABORTED);
		assertThat(result.getThrowable().orElseThrow()).hasMessage("No MYSQL: nobody has started it");
		assertThat(OnUnavailable.extension.tally.skipped()).isPositive();
		assertThat(OnUnavailable.extension.tally.ran()).isZero();
	}

	@Test
	void whenUnavailableAndRequiredThenTheTestFails() {
		System.setProperty(TestSetting.REQUIRE.property(), "postgresql, mysql");
		TestExecutionResult result = run(OnUnavailable.class);
		assertThat(result.getStatus()).isEqualTo(FAILED);
		assertThat(result.getThrowable().orElseThrow()).hasMessage("MYSQL is required: nobody has started it");
	}

	@Test
	void whenAnotherDatabaseIsRequiredThenTheTestIsAborted() {
		System.setProperty(TestSetting.REQUIRE.property(), "postgresql");
		assertThat(run(OnUnavailable.class).getStatus()).isEqualTo(ABORTED);
	}

	@Test
	void whenAnUnknownDatabaseIsRequiredThenTheTestFails() {
		System.setProperty(TestSetting.REQUIRE.property(), "postgres");
		assertThat(run(OnUnavailable.class).getStatus()).isEqualTo(FAILED);
	}

	@Test
	void whenTheTestHasRunThenItIsCountedAndItsResourceClosed() {
		assertThat(run(OnAvailable.class).getStatus()).isEqualTo(SUCCESSFUL);
		assertThat(OnAvailable.extension.tally.ran()).isOne();
		assertThat(OnAvailable.extension.resource.closed).isTrue();
	}

	@Test
	void whenTheTestHasFailedThenItIsNamed() {
		assertThat(run(Failing.class).getStatus()).isEqualTo(FAILED);
		assertThat(Failing.extension.tally.failures()).containsExactly("Failing.test()");
	}

	private static TestExecutionResult run(Class<?> testClass) {
		AtomicReference<TestExecutionResult> result = new AtomicReference<>();
		// Without the listeners of the test run around it.
		LauncherFactory.create(LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
			.execute(LauncherDiscoveryRequestBuilder.request()
				.selectors(DiscoverySelectors.selectClass(testClass))
				.build(), new TestExecutionListener() {

					@Override
					public void executionFinished(TestIdentifier identifier, TestExecutionResult finished) {
						if (identifier.isTest()) {
							result.set(finished);
						}
					}

				});
		return result.get();
	}

	@EnabledIf(RUNNING)
	static class OnUnavailable {

		@RegisterExtension
		static final StubExtension extension = new StubExtension("nobody has started it");

		OnUnavailable(Resource resource) {
		}

		@Test
		void test() {
			fail("Must not run");
		}

	}

	@EnabledIf(RUNNING)
	static class OnAvailable {

		@RegisterExtension
		static final StubExtension extension = new StubExtension(null);

		private final Resource resource;

		OnAvailable(Resource resource) {
			this.resource = resource;
		}

		@Test
		void test(TestDatabase database) {
			assertThat(this.resource.closed).isFalse();
			assertThat(database).isEqualTo(TestDatabase.MYSQL);
		}

	}

	@EnabledIf(RUNNING)
	static class Failing {

		@RegisterExtension
		static final StubExtension extension = new StubExtension(null);

		@Test
		void test() {
			fail("As it should");
		}

	}

	static class StubExtension extends DatabaseExtension {

		private final DatabaseTally tally;

		private final @Nullable String skipReason;

		private final Resource resource = new Resource();

		StubExtension(@Nullable String skipReason) {
			this(new DatabaseTally(), skipReason);
		}

		private StubExtension(DatabaseTally tally, @Nullable String skipReason) {
			super(TestDatabase.MYSQL, tally, Resource.class);
			this.tally = tally;
			this.skipReason = skipReason;
		}

		@Override
		@Nullable String skipReason(Store test) {
			return this.skipReason;
		}

		@Override
		Object resource(Store test) {
			test.put("resource", this.resource);
			return this.resource;
		}

	}

	static class Resource implements AutoCloseable {

		private boolean closed;

		@Override
		public void close() {
			this.closed = true;
		}

	}

}

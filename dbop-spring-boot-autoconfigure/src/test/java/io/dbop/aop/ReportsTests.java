package io.dbop.aop;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dbop.actuate.DatabaseDescriptor;
import io.dbop.actuate.DatabaseDescriptor.OperationDescriptor;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.test.Applications;
import io.dbop.test.Logs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What is logged and counted of annotated methods. */
class ReportsTests {

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext application;

	private final Flaky flaky = application.getBean(Flaky.class);

	private final Work work = application.getBean(Work.class);

	@SuppressWarnings("NullAway.Init")
	private Logs logs;

	@BeforeAll
	static void start() {
		application = Applications.start(Beans.class, Applications.inMemory("main"),
				"dbop.databases.main.retry.initial-delay=1ms", "management.endpoints.web.exposure.include=dbop");
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@BeforeEach
	void listen() {
		this.logs = Logs.of("io.dbop");
	}

	@AfterEach
	void stopListening() {
		this.logs.close();
	}

	@Test
	void whenACallFailsForGoodThenOneWarningAndADebugForEachRetry() {
		this.flaky.fail(4);
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(this.work::logged);
		assertThat(this.logs.at(Level.WARN)).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage()).contains("'main'", "'Work.logged'", "4 attempt(s)", "40001");
			assertThat(event.getMDCPropertyMap()).isEqualTo(Map.of("dbop.alias", "main"));
		});
		assertThat(this.logs.at(Level.DEBUG)).hasSize(3).allSatisfy((event) -> {
			assertThat(event.getFormattedMessage()).contains("'main'", "'Work.logged'", "trying again in");
			assertThat(event.getMDCPropertyMap()).isEqualTo(Map.of("dbop.alias", "main"));
		});
	}

	@Test
	void whenARetryHelpsThenNothingIsLoggedAboveDebug() {
		this.flaky.fail(1);
		this.work.logged();
		assertThat(this.logs.at(Level.DEBUG)).extracting(ILoggingEvent::getFormattedMessage).hasSize(1);
		assertThat(this.logs.at(Level.WARN)).isEmpty();
	}

	@Test
	void whenNestedThenOneWarningAllTheSame() {
		this.flaky.fail(Integer.MAX_VALUE);
		assertThatExceptionOfType(CannotAcquireLockException.class)
			.isThrownBy(application.getBean(OuterWork.class)::outer);
		assertThat(this.logs.at(Level.WARN)).hasSize(1);
	}

	@Test
	void whenABusinessExceptionThenNoWarning() {
		assertThatIllegalStateException().isThrownBy(this.work::business);
		assertThat(this.logs.at(Level.WARN)).isEmpty();
	}

	@Test
	void whenCalledThenEndpointAndMetersAgreeWithWhatWasCalled() {
		for (int failures : List.of(0, 0, 1, 2)) {
			this.flaky.fail(failures);
			this.work.counted(false);
		}
		this.flaky.fail(4);
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> this.work.counted(false));
		this.flaky.fail(0);
		assertThatIllegalStateException().isThrownBy(() -> this.work.counted(true));
		DatabaseDescriptor database = application.getBean(DbopEndpoint.class).databases().databases().get("main");
		OperationDescriptor operation = database.operations().get("Work.counted");
		assertThat(operation)
			.extracting(OperationDescriptor::calls, OperationDescriptor::successes, OperationDescriptor::failures,
					OperationDescriptor::retries, OperationDescriptor::rejections)
			.containsExactly(6L, 4L, 2L, 6L, 0L);
		assertThat(counter("dbop.operations.failures")).isEqualTo(2);
		assertThat(counter("dbop.retries")).isEqualTo(6);
		assertThat(outcome("recovered")).isEqualTo(2);
		assertThat(outcome("exhausted")).isEqualTo(1);
		assertThat(meters().get("dbop.operations").tag("operation", "Work.counted").functionTimer().count())
			.isEqualTo(6);
	}

	@Test
	void whenTransactionsAreOpenedThenAcquisitionsAreCounted() {
		long before = acquired();
		this.flaky.fail(2);
		this.work.inTransaction();
		assertThat(acquired() - before).isEqualTo(3);
		assertThat(meters().get("dbop.connections.released").tag("alias", "main").functionCounter().count())
			.isEqualTo(acquired());
	}

	private static long acquired() {
		return (long) meters().get("dbop.connections.acquired").tag("alias", "main").functionCounter().count();
	}

	private static double counter(String name) {
		return meters().get(name).tags("alias", "main", "operation", "Work.counted").functionCounter().count();
	}

	private static double outcome(String outcome) {
		return meters().get("dbop.retries.outcomes")
			.tags("alias", "main", "operation", "Work.counted", "outcome", outcome)
			.functionCounter()
			.count();
	}

	private static MeterRegistry meters() {
		return application.getBean(MeterRegistry.class);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Flaky.class, Work.class, OuterWork.class, SimpleMeterRegistry.class })
	static class Beans {

	}

	static class Work {

		private final Flaky flaky;

		Work(Flaky flaky) {
			this.flaky = flaky;
		}

		@DbRetry
		void logged() {
			this.flaky.attempt();
		}

		@DbRetry
		void counted(boolean wrong) {
			this.flaky.attempt();
			if (wrong) {
				throw new IllegalStateException("wrong");
			}
		}

		@DbRetry
		@AutoTransaction
		void inTransaction() {
			this.flaky.attempt();
		}

		@DbRetry
		@AutoTransaction
		void business() {
			throw new IllegalStateException("no");
		}

	}

	static class OuterWork {

		private final Work work;

		OuterWork(Work work) {
			this.work = work;
		}

		@DbRetry
		@AutoTransaction
		void outer() {
			this.work.inTransaction();
		}

	}

}

package io.dbop.autoconfigure;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.dbop.database.Database;
import io.dbop.execution.Ending;
import io.dbop.execution.ExecutionObserver;
import io.dbop.observation.AttemptObservationConvention;
import io.dbop.observation.AttemptObservationContext;
import io.dbop.observation.ExecutionObservations;
import io.dbop.observation.OperationObservationContext;
import io.dbop.observation.OperationObservationConvention;
import io.dbop.test.Applications;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** When operations are observed, and by which conventions. */
class ObservationsTests {

	private final ApplicationContextRunner runner = Contexts.jdbc()
		.withConfiguration(AutoConfigurations.of(DbopObservationAutoConfiguration.class,
				ObservationAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues(Applications.inMemory("main"));

	private final ApplicationContextRunner tested = this.runner.withBean(TestObservationRegistry.class,
			TestObservationRegistry::create);

	@Test
	void whenOnlyBootIsThereThenNothingIsObserved() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ObservationRegistry.class).doesNotHaveBean(ExecutionObserver.class);
			assertThat(context.getBeansOfType(ObservationHandler.class)).as("those of Boot").isNotEmpty();
		});
	}

	@Test
	void whenBootsTracerDoesNothingThenNothingIsObserved() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(NoopTracerAutoConfiguration.class, MicrometerTracingAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(Tracer.class).doesNotHaveBean(ExecutionObserver.class));
	}

	@Test
	void whenBootHasATracerThenItIsObserved() {
		this.runner
			.withConfiguration(AutoConfigurations.of(OpenTelemetrySdkAutoConfiguration.class,
					OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
					NoopTracerAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(Tracer.class)
				.hasSingleBean(ExecutionObservations.class));
	}

	@Test
	void whenTheApplicationHasATracerThenItIsObserved() {
		this.runner.withBean("own", Tracer.class, () -> Tracer.NOOP)
			.run((context) -> assertThat(context).hasSingleBean(ExecutionObservations.class));
	}

	@Test
	void whenTheApplicationHasAHandlerThenItIsObserved() {
		this.runner.withUserConfiguration(OwnHandler.class)
			.run((context) -> assertThat(context).hasSingleBean(ExecutionObservations.class));
	}

	@Test
	void whenTheHandlerOfTheApplicationMakesMetersThenItIsObserved() {
		this.runner.withUserConfiguration(OwnMeters.class).run((context) -> {
			assertThat(context).hasSingleBean(ExecutionObservations.class);
			run(context);
			assertThat(context.getBean(MeterRegistry.class)
				.get("dbop.operation")
				.tags("alias", "main", "operation", "f", "outcome", "success")
				.timer()
				.count()).isOne();
		});
	}

	@Test
	void whenTheApplicationHasARegistryThenItIsObserved() {
		this.tested.run((context) -> {
			run(context);
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasNumberOfObservationsWithNameEqualTo("dbop.operation", 1)
				.hasNumberOfObservationsWithNameEqualTo("dbop.attempt", 1);
		});
	}

	@ParameterizedTest
	@MethodSource
	void whenItIsSwitchedOnThenItIsObservedWithoutAnybodyLooking(Object value) {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of("dbop.observations.enabled", value))))
			.run((context) -> {
				assertThat(context).hasSingleBean(ExecutionObservations.class);
				run(context);
				assertThat(context.getBean(MeterRegistry.class).get("dbop.attempt").timer().count()).isOne();
			});
	}

	/** As in a file of properties, and as in YAML. */
	static Stream<Object> whenItIsSwitchedOnThenItIsObservedWithoutAnybodyLooking() {
		return Stream.of("true", true);
	}

	@Test
	void whenItIsSwitchedOffThenNothingIsObserved() {
		this.tested.withPropertyValues("dbop.observations.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(ExecutionObserver.class);
			run(context);
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasNumberOfObservationsEqualTo(0);
		});
	}

	@Test
	void whenDbopIsSwitchedOffThenOperationsAreObservedAllTheSame() {
		this.tested.withPropertyValues("dbop.enabled=false").run((context) -> {
			run(context);
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasNumberOfObservationsEqualTo(2);
		});
	}

	@Test
	void whenTheSwitchIsMisspeltThenTheStartSaysWhatIsAllowed() {
		this.runner.withPropertyValues("dbop.observations.enabled=sometimes").run((context) -> {
			FailureAnalysis analysis = Contexts.analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("dbop.observations.enabled", "auto, true, false");
		});
	}

	@Test
	void whenThereIsNoRegistryThenNothingIsObserved() {
		Contexts.jdbc()
			.withConfiguration(AutoConfigurations.of(DbopObservationAutoConfiguration.class))
			.withPropertyValues(Applications.inMemory("main"), "dbop.observations.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ExecutionObserver.class));
	}

	@Test
	void whenTheApplicationObservesByItselfThenOursBacksOff() {
		ExecutionObserver own = new Silent();
		this.tested.withBean(ExecutionObserver.class, () -> own)
			.run((context) -> assertThat(context).getBean(ExecutionObserver.class).isSameAs(own));
	}

	@Test
	void whenTheApplicationHasConventionsThenTheyReplaceOurs() {
		this.tested.withBean(OwnOperations.class).withBean(OwnAttempts.class).run((context) -> {
			run(context);
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasObservationWithNameEqualTo("shop.database")
				.that()
				.hasLowCardinalityKeyValue("team", "shop")
				.hasLowCardinalityKeyValue("operation", "f")
				.backToTestObservationRegistry()
				.hasObservationWithNameEqualTo("shop.try")
				.that()
				.hasContextualNameEqualTo("f #1");
		});
	}

	@Test
	void whenAConventionIsGlobalThenItReplacesOurs() {
		this.runner.withBean(GlobalOperations.class).withUserConfiguration(OwnMeters.class).run((context) -> {
			run(context);
			assertThat(context.getBean(MeterRegistry.class).get("global").timer().count()).isOne();
		});
	}

	private static void run(ApplicationContext context) {
		context.getBean(Database.class).execute((spec) -> spec.named("f"), () -> 1);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHandler {

		@Bean
		ObservationTextPublisher own() {
			return new ObservationTextPublisher();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMeters {

		@Bean
		DefaultMeterObservationHandler own(MeterRegistry registry) {
			return new DefaultMeterObservationHandler(registry);
		}

	}

	static class OwnOperations implements OperationObservationConvention {

		@Override
		public String getName() {
			return "shop.database";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(OperationObservationContext context) {
			return OperationObservationConvention.super.getLowCardinalityKeyValues(context).and("team", "shop");
		}

	}

	static class OwnAttempts implements AttemptObservationConvention {

		@Override
		public String getName() {
			return "shop.try";
		}

		@Override
		public String getContextualName(AttemptObservationContext context) {
			Ending ending = context.getEnding();
			return context.getOperation() + " #" + ((ending != null) ? ending.attempts() : 0);
		}

	}

	static class GlobalOperations implements GlobalObservationConvention<OperationObservationContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof OperationObservationContext;
		}

		@Override
		public String getName() {
			return "global";
		}

	}

	/** Observes nothing. */
	static class Silent implements ExecutionObserver {

		@Override
		public Observed operation(String alias, String operation) {
			return (ending) -> {
			};
		}

		@Override
		public Observed attempt(String alias, String operation, int attempt) {
			return (ending) -> {
			};
		}

		@Override
		public <T> Supplier<T> carried(Supplier<T> task) {
			return task;
		}

	}

}

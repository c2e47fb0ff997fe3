package io.dbop.aop;

import java.io.InputStream;
import java.io.Reader;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.dbop.annotation.DbTimeout;
import io.dbop.annotation.Profiled;
import io.dbop.annotation.TrackSlow;
import io.dbop.database.Databases;
import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.test.Applications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.annotation.TransactionManagementConfigurer;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Annotations that stop the start. */
class InvalidAnnotationTests {

	private final ApplicationContextRunner application = Applications.jdbc()
		.withPropertyValues(Applications.inMemory("main"), Applications.inMemory("reporting"));

	static Stream<Arguments> mistakes() {
		return Stream.of(arguments(FinalClass.class, "work", "in a final class"),
				arguments(PrivateMethod.class, "work", "it is private"),
				arguments(FinalMethod.class, "work", "it is final"),
				arguments(FinalMethodOfClass.class, "work", "it is final"),
				arguments(StaticMethod.class, "work", "it is static"),
				arguments(UnknownAlias.class, "work", "there is no database 'archive'"),
				arguments(TwoAliases.class, "work", "different databases: [main, reporting]"),
				arguments(MissingFallback.class, "work", "there is no fallback method 'nowhere'"),
				arguments(WrongFallback.class, "work", "returns java.lang.String, not int"),
				arguments(Later.class, "work", "it returns java.util.concurrent.CompletableFuture"),
				arguments(Streaming.class, "work", "it returns java.util.stream.Stream"),
				arguments(Publishing.class, "work", "it returns java.util.concurrent.Flow$Publisher"),
				arguments(ReactiveOne.class, "work", "it returns reactor.core.publisher.Mono"),
				arguments(ReactiveMany.class, "work", "it returns reactor.core.publisher.Flux"),
				arguments(ReadOnce.class, "work", "its argument of type java.io.InputStream can be read only once"),
				arguments(ReadOnceIterator.class, "work", "its argument of type java.util.Iterator can be"),
				arguments(ReadOncePublisher.class, "work",
						"its argument of type java.util.concurrent.Flow$Publisher can be"),
				arguments(TwoManagers.class, "work", "@AutoTransaction and @Transactional both"),
				arguments(OtherManager.class, "work",
						"transaction manager that is not the one of database 'reporting'"),
				arguments(WrongDuration.class, "work", "@DbRetry(initialDelay = soon) is not valid"),
				arguments(NegativeDuration.class, "work", "@AutoTransaction(timeout = -1s) is not valid"),
				arguments(MissingClassifier.class, "work", "@DbRetry(classifier = nobody) is not valid"),
				arguments(MissingVerifier.class, "work", "@DbRetry(verifier = nobody) is not valid"),
				arguments(MissingScope.class, "work", "@DbRetry(attemptScope = nobody) is not valid"),
				arguments(WrongBreaker.class, "work", "@CircuitBreaker(windowSize = x) is not valid"),
				arguments(WrongTimeout.class, "work", "@DbTimeout(timeout = 0s) is not valid"),
				arguments(EndlessTimeout.class, "work", "@DbTimeout(timeout = P40000000D) is not valid"),
				arguments(TimeoutOfNobody.class, "work", "there is no database 'archive'"),
				arguments(LaterTimeout.class, "work", "it returns java.util.concurrent.CompletableFuture"),
				arguments(PrivateTimeout.class, "work", "it is private"),
				arguments(WrongThreshold.class, "work", "@TrackSlow(threshold = slowly) is not valid"),
				arguments(WrongThresholdBeside.class, "work", "@TrackSlow(threshold = -1s) is not valid"),
				arguments(FinalWatched.class, "work", "it is final"),
				arguments(WrongLength.class, "work", "@Profiled(maxLength = 0) is not valid"));
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void whenAnAnnotationCannotWorkThenTheStartFailsAndSaysWhereAndWhy(Class<?> bean, String method, String problem) {
		this.application.withBean(bean).run((context) -> {
			assertThat(context).hasFailed();
			InvalidAnnotationException failure = invalidAnnotation(context.getStartupFailure());
			assertThat(failure.place()).isEqualTo(bean.getName() + "." + method);
			assertThat(failure).hasMessageContaining(problem);
			assertThat(failure.action()).isNotBlank();
		});
	}

	@Test
	void whenMethodsOfOneNameHaveBreakersOfTheirOwnThenTheApplicationStarts() {
		this.application.withBean(Overloads.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(BreakerRegistry.class).all()).extracting(Breaker::name)
				.contains(Overloads.class.getName() + ".work(int)", Overloads.class.getName() + ".work(String)");
		});
	}

	@Test
	void whenADelayIsNothingThenTheApplicationStarts() {
		this.application.withBean(AtOnce.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenWhatCanBeReadOnceIsNotReadTwiceThenTheApplicationStarts() {
		this.application.withBean(ReadOnceAndNotRepeated.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenNoDatabaseIsPrimaryThenAnAnnotationHasToNameOne() {
		Applications.jdbc()
			.withBean("ordersDataSource", DataSource.class, InvalidAnnotationTests::inMemory)
			.withBean("stockDataSource", DataSource.class, InvalidAnnotationTests::inMemory)
			.withBean(OnPrimary.class)
			.run((context) -> {
				InvalidAnnotationException failure = invalidAnnotation(context.getStartupFailure());
				assertThat(failure).hasMessageContaining("it names no database, and none of them is primary");
				assertThat(failure.action()).contains("orders", "stock");
			});
	}

	@Test
	void whenATypeNamesItsTransactionManagerThenThatIsTheOneOfItsMethods() {
		this.application.withBean(OfReporting.class).run((context) -> assertThat(context).hasNotFailed());
		this.application.withBean(OfReportingOnPrimary.class)
			.run((context) -> assertThat(invalidAnnotation(context.getStartupFailure()))
				.hasMessageContaining("transaction manager that is not the one of database 'main'"));
	}

	@Test
	void whenTheApplicationSaysWhichManagerIsUsedThenItIs() {
		Applications.jdbc()
			.withPropertyValues(Applications.inMemory("main"), Applications.inMemory("reporting"))
			.withBean(Configurer.class)
			.withBean(OtherManager.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whenAMistakeIsInABeanThatTheStartDoesNotMakeThenTheStartFailsAllTheSame() {
		this.application.withBean(UnknownAlias.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(invalidAnnotation(context.getStartupFailure()))
					.hasMessageContaining("there is no database 'archive'");
			});
	}

	private static DataSource inMemory() {
		return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID());
	}

	private static InvalidAnnotationException invalidAnnotation(Throwable thrown) {
		Throwable each = thrown;
		while (each != null && !(each instanceof InvalidAnnotationException)) {
			each = each.getCause();
		}
		assertThat(each).as("a cause of " + thrown).isNotNull();
		return (InvalidAnnotationException) each;
	}

	static final class FinalClass {

		@DbRetry
		void work() {
		}

	}

	static class PrivateMethod {

		@DbRetry
		@SuppressWarnings("UnusedMethod")
		private void work() {
		}

	}

	static class FinalMethod {

		@DbRetry
		final void work() {
		}

	}

	static class StaticMethod {

		@DbRetry
		static void work() {
		}

	}

	static class UnknownAlias {

		@DbRetry(database = "archive")
		void work() {
		}

	}

	static class TwoAliases {

		@DbRetry(database = "main")
		@AutoTransaction(database = "reporting")
		void work() {
		}

	}

	static class OnPrimary {

		@DbRetry
		void work() {
		}

	}

	static class MissingFallback {

		@DbRetry(fallback = "nowhere")
		void work() {
		}

	}

	static class WrongFallback {

		@DbRetry(fallback = "text")
		int work() {
			return 1;
		}

		String text() {
			return "";
		}

	}

	static class Later {

		@DbRetry
		CompletableFuture<String> work() {
			return new CompletableFuture<>();
		}

	}

	static class Streaming {

		@AutoTransaction
		Stream<String> work() {
			return Stream.of();
		}

	}

	static class ReadOnce {

		@DbRetry
		void work(String name, InputStream content) {
		}

	}

	static class ReadOnceIterator {

		@DbRetry
		@AutoTransaction
		void work(Iterator<String> names) {
		}

	}

	static class ReadOncePublisher {

		@DbRetry
		void work(Flow.Publisher<String> names) {
		}

	}

	static class ReadOnceAndNotRepeated {

		@DbRetry(maxRetries = 0)
		void once(InputStream content) {
		}

		@AutoTransaction
		void inTransaction(Reader content) {
		}

		@DbRetry
		void again(Iterable<String> names, CompletableFuture<String> answer, byte[] content) {
		}

	}

	static class Publishing {

		@CircuitBreaker
		Flow.Publisher<String> work() {
			return (subscriber) -> {
			};
		}

	}

	static class ReactiveOne {

		@DbRetry
		Mono<Integer> work() {
			return Mono.just(1);
		}

	}

	static class ReactiveMany {

		@AutoTransaction
		Flux<Integer> work() {
			return Flux.just(1);
		}

	}

	static class TwoManagers {

		@AutoTransaction
		@Transactional
		void work() {
		}

	}

	static class OtherManager {

		@DbRetry(database = "reporting")
		@Transactional
		void work() {
		}

	}

	@Qualifier("reporting")
	@Transactional
	static class OfReporting {

		@DbRetry(database = "reporting")
		void work() {
		}

	}

	@Qualifier("reporting")
	@Transactional
	static class OfReportingOnPrimary {

		@DbRetry
		void work() {
		}

	}

	/** Has Spring use the manager of one database unless it is told otherwise. */
	record Configurer(Databases databases) implements TransactionManagementConfigurer {

		@Override
		public TransactionManager annotationDrivenTransactionManager() {
			return this.databases.get("reporting").transactionManager();
		}

	}

	@DbRetry
	static class FinalMethodOfClass {

		final void work() {
		}

	}

	static class Overloads {

		@CircuitBreaker(failureThreshold = 3)
		void work(int id) {
		}

		@CircuitBreaker(failureThreshold = 10)
		void work(String id) {
		}

	}

	static class AtOnce {

		@DbRetry(initialDelay = "0s", maxDelay = "0s")
		void work() {
		}

	}

	static class WrongDuration {

		@DbRetry(initialDelay = "soon")
		void work() {
		}

	}

	static class NegativeDuration {

		@AutoTransaction(timeout = "-1s")
		void work() {
		}

	}

	static class MissingClassifier {

		@DbRetry(classifier = "nobody")
		void work() {
		}

	}

	static class MissingVerifier {

		@DbRetry(verifier = "nobody")
		void work() {
		}

	}

	static class MissingScope {

		@DbRetry(attemptScope = "nobody")
		void work() {
		}

	}

	static class WrongBreaker {

		@CircuitBreaker(windowSize = "x")
		void work() {
		}

	}

	static class WrongTimeout {

		@DbTimeout("0s")
		void work() {
		}

	}

	static class EndlessTimeout {

		@DbTimeout("P40000000D")
		void work() {
		}

	}

	static class TimeoutOfNobody {

		@DbTimeout(database = "archive")
		void work() {
		}

	}

	static class LaterTimeout {

		@DbTimeout
		CompletableFuture<Integer> work() {
			return CompletableFuture.completedFuture(1);
		}

	}

	static class PrivateTimeout {

		@DbTimeout
		private void work() {
		}

	}

	static class WrongThreshold {

		@TrackSlow("slowly")
		void work() {
		}

	}

	static class WrongThresholdBeside {

		@DbRetry
		@TrackSlow("-1s")
		void work() {
		}

	}

	static class FinalWatched {

		@TrackSlow
		final void work() {
		}

	}

	static class WrongLength {

		@Profiled(maxLength = 0)
		void work() {
		}

	}

}

package io.dbop.observation;

import java.sql.SQLException;
import java.util.List;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.database.Database;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** What OpenTelemetry exports of an application with a database. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MYSQL })
class SpansTests {

	private final ConfigurableApplicationContext application;

	private final InMemorySpanExporter exporter;

	private final Accounts accounts;

	SpansTests(DatabaseInstance database) {
		this.application = new SpringApplicationBuilder(Traced.class).web(WebApplicationType.NONE)
			.properties("spring.flyway.enabled=false", "management.tracing.sampling.probability=1.0")
			.properties(Applications.alias("main", database))
			.run();
		this.exporter = this.application.getBean(InMemorySpanExporter.class);
		this.accounts = this.application.getBean(Accounts.class);
		this.accounts.create();
		this.exporter.reset();
	}

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void whenAnOperationIsRepeatedThenItsSpanHasAChildForEachAttemptAndTheCallersForItsParent() {
		this.accounts.beBusyOnce();
		ObservationRegistry registry = this.application.getBean(ObservationRegistry.class);
		Observation.createNotStarted("request", registry).observe(() -> this.accounts.pay("Ann"));
		SpanData request = single("request");
		SpanData operation = single("Accounts.pay");
		List<SpanData> attempts = named("attempt");
		assertThat(this.exporter.getFinishedSpanItems()).hasSize(4)
			.extracting(SpanData::getTraceId)
			.containsOnly(request.getTraceId());
		assertThat(operation.getParentSpanId()).isEqualTo(request.getSpanId());
		assertThat(attempts).hasSize(2).extracting(SpanData::getParentSpanId).containsOnly(operation.getSpanId());
		assertThat(attempts).extracting((span) -> attribute(span, "attempt")).containsExactly("1", "2");
		assertThat(attempts).extracting((span) -> attribute(span, "sqlstate")).containsExactly("40001", "none");
		assertThat(attempts).extracting((span) -> span.getStatus().getStatusCode())
			.containsExactly(StatusCode.ERROR, StatusCode.OK);
		assertThat(attribute(operation, "alias")).isEqualTo("main");
		assertThat(attribute(operation, "outcome")).isEqualTo("success");
		assertThat(attribute(operation, "attempts")).isEqualTo("2");
	}

	@Test
	void whenSpansAreBegunAroundAndInsideByHandThenTheyAreParentAndChild() {
		Tracer tracer = this.application.getBean(Tracer.class);
		Database database = this.application.getBean(Database.class);
		within(tracer, "around", () -> database.execute((spec) -> spec.named("f"), () -> {
			within(tracer, "inside", () -> {
			});
		}));
		assertThat(single("f").getParentSpanId()).isEqualTo(single("around").getSpanId());
		assertThat(single("attempt").getParentSpanId()).isEqualTo(single("f").getSpanId());
		assertThat(single("inside").getParentSpanId()).isEqualTo(single("attempt").getSpanId());
	}

	@Test
	void whenADriverQuotesAValueThenNothingThatIsExportedHasIt() {
		this.accounts.pay("Ann Secret");
		this.exporter.reset();
		assertThatException().isThrownBy(() -> this.accounts.pay("Ann Secret"))
			.isInstanceOf(DuplicateKeyException.class)
			.withMessageContaining("Secret");
		assertThat(this.exporter.getFinishedSpanItems()).hasSize(2).allSatisfy((span) -> {
			assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(span.getEvents()).isNotEmpty();
			assertThat(span.toString()).contains("constraint", "23").doesNotContain("Secret");
		});
	}

	private static void within(Tracer tracer, String name, Runnable work) {
		Span span = tracer.nextSpan().name(name).start();
		try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
			assertThat(scope).isNotNull();
			work.run();
		}
		finally {
			span.end();
		}
	}

	private static String attribute(SpanData span, String key) {
		return span.getAttributes().get(AttributeKey.stringKey(key));
	}

	private SpanData single(String name) {
		assertThat(named(name)).hasSize(1);
		return named(name).get(0);
	}

	private List<SpanData> named(String name) {
		return this.exporter.getFinishedSpanItems().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Accounts.class)
	static class Traced {

		@Bean
		InMemorySpanExporter exporter() {
			return InMemorySpanExporter.create();
		}

		@Bean
		SimpleSpanProcessor processor(InMemorySpanExporter exporter) {
			return SimpleSpanProcessor.builder(exporter).build();
		}

	}

	static class Accounts {

		private final JdbcTemplate jdbc;

		private boolean busy;

		Accounts(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		void create() {
			this.jdbc.execute("create table account (owner varchar(40) primary key)");
		}

		void beBusyOnce() {
			this.busy = true;
		}

		@DbRetry
		@AutoTransaction
		public void pay(String owner) {
			this.jdbc.update("insert into account (owner) values (?)", owner);
			if (this.busy) {
				this.busy = false;
				throw new CannotAcquireLockException("busy", new SQLException("busy", "40001"));
			}
		}

	}

}

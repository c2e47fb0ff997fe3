package io.dbop.aop;

import java.util.UUID;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.test.Applications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** What the log of an application says when it starts with the starter: nothing new. */
@ExtendWith(OutputCaptureExtension.class)
class QuietStartTests {

	@Test
	void whenDatabasesAreConfiguredThenTheStartWarnsOfNothing(CapturedOutput output) {
		start(output, false, Applications.inMemory("main"), Applications.inMemory("reporting"));
	}

	@Test
	void whenADataSourceIsAdoptedThenTheStartWarnsOfNothing(CapturedOutput output) {
		start(output, false, "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
	}

	@Test
	void whenBeansAreLazyThenTheStartWarnsOfNothingAndAnnotationsWork(CapturedOutput output) {
		start(output, true, Applications.inMemory("main"));
	}

	private static void start(CapturedOutput output, boolean lazy, String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Plain.class)
			.web(WebApplicationType.NONE)
			.lazyInitialization(lazy)
			.properties("spring.flyway.enabled=false")
			.properties(properties)
			.run()) {
			Flaky flaky = context.getBean(Flaky.class);
			flaky.fail(1);
			assertThat(context.getBean(Work.class).ours()).isEqualTo(2);
			flaky.fail(1);
			assertThat(context.getBean(Work.class).springs()).isEqualTo(2);
		}
		assertThat(output).contains("Started").doesNotContain(" WARN ", " ERROR ", "not eligible");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Flaky.class, Work.class })
	static class Plain {

	}

	static class Work {

		private final JdbcClient client;

		private final Flaky flaky;

		Work(JdbcClient client, Flaky flaky) {
			this.client = client;
			this.flaky = flaky;
		}

		@DbRetry
		@AutoTransaction
		int ours() {
			this.client.sql("select 1").query(Integer.class).single();
			return this.flaky.attempt();
		}

		@DbRetry
		@Transactional
		int springs() {
			return ours();
		}

	}

}

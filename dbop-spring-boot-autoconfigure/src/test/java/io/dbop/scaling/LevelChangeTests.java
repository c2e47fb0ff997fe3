package io.dbop.scaling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import io.dbop.test.Logs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Rules of the application's own, and who is told when the level changes. */
class LevelChangeTests {

	private final ConfigurableApplicationContext application = Applications.start(Application.class,
			Applications.inMemory("main"), "dbop.advice.interval=100ms");

	/** After the start, which sets up logging. */
	private final Logs logs = Logs.of("io.dbop.advice");

	private final Logs failures = Logs.of("io.dbop.scaling.Rules");

	@AfterEach
	void close() {
		this.application.close();
		this.logs.close();
		this.failures.close();
	}

	@Test
	void whenARuleOfTheApplicationFindsSomethingThenItIsToldOnceAndAgainWhenItIsOver() {
		this.application.getBean(JdbcTemplate.class).queryForObject("select 1", Integer.class);
		DatabaseAdvisor advisor = this.application.getBean(DatabaseAdvisor.class);
		Application beans = this.application.getBean(Application.class);
		await().until(() -> advisor.steps("main").size() > 3);
		assertThat(beans.changes).isEmpty();
		beans.level.set(AdviceLevel.WARNING);
		await().until(() -> !beans.changes.isEmpty());
		LevelChange up = beans.changes.get(0);
		assertThat(up.alias()).isEqualTo("main");
		assertThat(up.from()).isEqualTo(AdviceLevel.OK);
		assertThat(up.to()).isEqualTo(AdviceLevel.WARNING);
		assertThat(up.report().advice()).extracting(Advice::cause).containsExactly("NIGHTLY_JOB");
		int steps = advisor.steps("main").size();
		await().until(() -> advisor.steps("main").size() > steps + 5);
		beans.level.set(AdviceLevel.OK);
		await().until(() -> beans.changes.size() == 2);
		assertThat(beans.changes.get(1).to()).isEqualTo(AdviceLevel.OK);
		assertThat(this.logs.at(Level.WARN)).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage())
				.isEqualTo("Advice on database 'main' went from OK to WARNING: The job runs. Wait for it.");
			assertThat(event.getMDCPropertyMap()).containsEntry("dbop.alias", "main");
		});
		assertThat(this.logs.at(Level.INFO)).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).contains("from WARNING to OK", "is well"));
		assertThat(this.failures.at(Level.WARN)).hasSize(1);
	}

	@Test
	void whenTheApplicationStopsThenNobodyLooksAnyMore() {
		DatabaseAdvisor advisor = this.application.getBean(DatabaseAdvisor.class);
		assertThat(advisor.running()).isTrue();
		assertThat(this.application.getBean(PoolRegistry.class)).isNotNull();
		this.application.close();
		assertThat(advisor.running()).isFalse();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		private final AtomicReference<AdviceLevel> level = new AtomicReference<>(AdviceLevel.OK);

		private final List<LevelChange> changes = Collections.synchronizedList(new ArrayList<>());

		@Bean
		AdviceRule job() {
			return (situation) -> (this.level.get() != AdviceLevel.OK)
					? new Advice(this.level.get(), "NIGHTLY_JOB", "The job runs.", "Wait for it.", Map.of()) : null;
		}

		@Bean
		AdviceRule broken() {
			return (situation) -> {
				if (this.level.get() != AdviceLevel.OK) {
					throw new IllegalStateException("broken");
				}
				return null;
			};
		}

		@EventListener
		void onChange(LevelChange change) {
			this.changes.add(change);
		}

	}

}

package io.dbop.scaling;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The threads of the advisor: what they run, what they survive, and when they go. */
@EachDatabase
class AdvisorThreadsTests {

	private final DatabaseInstance database;

	AdvisorThreadsTests(DatabaseInstance database) {
		this.database = database;
	}

	@Test
	void whenTheApplicationIsClosedThenNoThreadStays() {
		assumeThat(this.database.database()).as("has limits")
			.isIn(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
		List<Thread> before = threads();
		try (ConfigurableApplicationContext application = start()) {
			application.getBean(JdbcTemplate.class).queryForObject("select 1", Integer.class);
			DatabaseAdvisor advisor = application.getBean(DatabaseAdvisor.class);
			await().until(() -> Objects.requireNonNull(advisor.report("main")).situation().capacity().server() != null);
			assertThat(threads()).hasSizeGreaterThan(before.size());
		}
		await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
	}

	@Test
	void whenAListenerFailsWithAnErrorThenTheDatabaseIsLookedAtAllTheSame() {
		assumeThat(this.database.database()).isEqualTo(TestDatabase.H2);
		try (ConfigurableApplicationContext application = start()) {
			DatabaseAdvisor advisor = application.getBean(DatabaseAdvisor.class);
			application.getBean(JdbcTemplate.class).queryForObject("select 1", Integer.class);
			Application beans = application.getBean(Application.class);
			beans.trouble.set(true);
			await().until(() -> !beans.loaders.isEmpty());
			int steps = advisor.steps("main").size();
			await().until(() -> advisor.steps("main").size() > steps + 3);
			assertThat(beans.loaders).containsExactly(Thread.currentThread().getContextClassLoader());
		}
	}

	private ConfigurableApplicationContext start() {
		return Applications.start(Application.class,
				Stream
					.of(Applications.alias("main", this.database),
							new String[] { "dbop.databases.main.pool.max=2", "dbop.databases.main.pool.min=1",
									"dbop.advice.interval=100ms" })
					.flatMap(Stream::of)
					.toArray(String[]::new));
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((each) -> each.getName().equals("dbop-server-connections") || each.getName().equals("dbop-advice"))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		private final AtomicBoolean trouble = new AtomicBoolean();

		private final List<@Nullable ClassLoader> loaders = new CopyOnWriteArrayList<>();

		@Bean
		AdviceRule rule() {
			return (situation) -> this.trouble.get()
					? new Advice(AdviceLevel.WARNING, "TROUBLE", "There is trouble.", "Wait.", Map.of()) : null;
		}

		@Bean
		ApplicationListener<PayloadApplicationEvent<LevelChange>> listener() {
			return new FailingListener(this.loaders);
		}

	}

	private record FailingListener(
			List<@Nullable ClassLoader> loaders) implements ApplicationListener<PayloadApplicationEvent<LevelChange>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<LevelChange> event) {
			this.loaders.add(Thread.currentThread().getContextClassLoader());
			throw new NoClassDefFoundError("com/example/Gone");
		}

	}

}

package io.dbop.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.autoconfigure.jpa.Account;
import io.dbop.autoconfigure.jpa.AccountRepository;
import io.dbop.autoconfigure.jpa.JpaApplication;
import io.dbop.database.Databases;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** An application that only adds the dependency keeps everything as it was. */
@ExtendWith(OutputCaptureExtension.class)
class DependencyAloneTests {

	private static final String OURS = "io.dbop.autoconfigure.Dbop";

	@Test
	@DisplayName("B1 the same beans, tables and log, and the annotations on top")
	void whenOnlyTheDependencyIsAddedThenTheApplicationStaysWhatItWas(CapturedOutput output) {
		State without = run(DependencyAloneTests::state, "spring.autoconfigure.exclude=" + ours());
		int before = warnings(output);
		State with = run(DependencyAloneTests::state);
		assertThat(warnings(output) - before).isEqualTo(before);
		assertThat(with.beans()).containsAll(without.beans());
		assertThat(with.tables()).isEqualTo(without.tables());
		Set<String> added = new TreeSet<>(with.beans());
		added.removeAll(without.beans());
		assertThat(added).allMatch(
				(name) -> name.startsWith("dbop") || name.startsWith("io.dbop.") || name.equals("defaultDatabase"));
	}

	@Test
	@DisplayName("B3 lazy initialization and virtual threads")
	void whenBeansAreLazyThenItStartsAndWorks() {
		run((context) -> {
			AccountRepository accounts = context.getBean(AccountRepository.class);
			accounts.save(new Account(1, 100));
			assertThat(accounts.count()).isOne();
			assertThat(context.getBean(Databases.class).primary().alias()).isEqualTo("default");
			return null;
		}, "spring.main.lazy-initialization=true", "spring.threads.virtual.enabled=true");
	}

	@Test
	void whenBeansMustNotBeOverriddenThenItStarts() {
		assertThat(this.<String>run((context) -> context.getBean(Databases.class).primary().alias(),
				"spring.main.allow-bean-definition-overriding=false"))
			.isEqualTo("default");
	}

	private static State state(ConfigurableApplicationContext context) {
		AccountRepository accounts = context.getBean(AccountRepository.class);
		accounts.save(new Account(1, 100));
		assertThat(accounts.count()).isOne();
		assertThat(context.getBean(HikariDataSource.class)).isSameAs(context.getBean(DataSource.class));
		assertThat(context.getBean(PlatformTransactionManager.class)).isNotNull();
		List<String> tables = context.getBean(JdbcTemplate.class)
			.queryForList("SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC' ORDER BY 1",
					String.class);
		return new State(Set.copyOf(Arrays.asList(context.getBeanDefinitionNames())), tables);
	}

	private <T> T run(Function<ConfigurableApplicationContext, T> work, String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("spring.datasource.url=jdbc:h2:mem:alone");
		all.add("spring.flyway.enabled=false");
		all.add("spring.jpa.hibernate.ddl-auto=create-drop");
		all.add("spring.jpa.open-in-view=false");
		SpringApplication application = new SpringApplicationBuilder(JpaApplication.class).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.application();
		try (ConfigurableApplicationContext context = application.run()) {
			return work.apply(context);
		}
	}

	private static String ours() {
		return String.join(",", OURS + "AutoConfiguration", OURS + "ExecutionAutoConfiguration",
				OURS + "EntityAutoConfiguration", OURS + "ActuatorAutoConfiguration", OURS + "HealthAutoConfiguration",
				OURS + "MetricsAutoConfiguration");
	}

	private static int warnings(CapturedOutput output) {
		return (int) output.getAll()
			.lines()
			.filter((line) -> line.contains(" WARN ") || line.contains(" ERROR "))
			.count();
	}

	private record State(Set<String> beans, List<String> tables) {
	}

}

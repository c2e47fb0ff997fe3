package io.dbop.autoconfigure;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.entity.EntityOperations;
import io.dbop.test.Applications;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Both families of Boot's meters of pools go on working, and ours are beside them. */
class MetersTests {

	private final ApplicationContextRunner metered = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(MetricsAutoConfiguration.class, DataSourcePoolMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class);

	private final ApplicationContextRunner runner = Contexts.jdbc()
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				DataSourcePoolMetricsAutoConfiguration.class, DbopMetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class);

	@Test
	void whenThePoolIsAdoptedThenItHasTheMetersThatItHadBefore() {
		String[] properties = { "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID(),
				"spring.datasource.hikari.pool-name=p" };
		Set<String> before = new TreeSet<>();
		this.metered.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
			.withPropertyValues(properties)
			.withBean(Started.class)
			.run((context) -> before.addAll(names(context.getBean(MeterRegistry.class))));
		assertThat(before).anyMatch((id) -> id.startsWith("hikaricp."))
			.anyMatch((id) -> id.startsWith("jdbc.connections."));
		this.runner.withPropertyValues(properties).withBean(Started.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(names(registry)).isEqualTo(before);
			HikariDataSource dataSource = context.getBean(HikariDataSource.class);
			try (var connection = dataSource.getConnection()) {
				assertThat(connection.isValid(1)).isTrue();
				assertThat(registry.get("jdbc.connections.active").tag("name", "dataSource").gauge().value()).isOne();
				assertThat(registry.get("hikaricp.connections.active").tag("pool", "p").gauge().value()).isOne();
				assertThat(registry.get("dbop.pool.active").tag("alias", "default").gauge().value()).isOne();
			}
			assertThat(registry.get("hikaricp.connections.usage").tag("pool", "p").timer().count()).isOne();
		});
	}

	@Test
	void whenThePoolsAreOursThenTheirMetersBearTheAlias() {
		this.runner
			.withPropertyValues(Applications.inMemory("main"), Applications.inMemory("reporting"),
					"dbop.databases.reporting.pool.max=3")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				DataSource reporting = (DataSource) context.getBean("reportingDataSource");
				try (var connection = reporting.getConnection()) {
					assertThat(connection.isValid(1)).isTrue();
					assertThat(registry.get("jdbc.connections.active").tag("name", "reporting").gauge().value())
						.isOne();
					assertThat(registry.get("hikaricp.connections.active").tag("pool", "reporting").gauge().value())
						.isOne();
					assertThat(registry.get("dbop.pool.active").tag("alias", "reporting").gauge().value()).isOne();
				}
				assertThat(registry.get("jdbc.connections.max").tag("name", "reporting").gauge().value()).isEqualTo(3);
				assertThat(registry.get("hikaricp.connections.max").tag("pool", "reporting").gauge().value())
					.isEqualTo(3);
				assertThat(registry.get("jdbc.connections.active").tag("name", "main").gauge().value()).isZero();
				assertThat(registry.get("hikaricp.connections.active").tag("pool", "main").gauge().value()).isZero();
			});
	}

	@Test
	void whenTheUserGivesTagsToAllMetersThenOursHaveThemToo() {
		this.runner.withUserConfiguration(Tagged.class)
			.withPropertyValues(Applications.inMemory("main"))
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBean(Database.class).execute((spec) -> spec.named("late"), () -> 1);
				assertThat(registry.get("dbop.pool.active").tag("region", "eu").gauge().value()).isZero();
				assertThat(registry.get("dbop.operations").tag("region", "eu").functionTimer().count()).isOne();
			});
	}

	@Test
	void whenARetryBudgetIsConfiguredThenItIsMetered() {
		this.runner
			.withPropertyValues(Applications.inMemory("main"), "dbop.databases.main.retry.budget.burst=7",
					"dbop.databases.main.primary=true", Applications.inMemory("without"),
					"dbop.databases.without.retry.budget.enabled=false", Applications.inMemory("observed"),
					"dbop.databases.observed.mode=observe")
			.run((context) -> {
				context.getBean(Databases.class).all().forEach(Database::translations);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("dbop.retry.budget.capacity").gauges())
					.extracting((gauge) -> gauge.getId().getTag("alias"), Gauge::value)
					.containsExactly(tuple("main", 7.0));
				assertThat(registry.get("dbop.retry.budget.available").tag("alias", "main").gauge().value())
					.isEqualTo(7);
			});
	}

	@Test
	void whenEntitiesAreUsedThenLookupsOfTheirSchemasAreMetered() {
		this.runner.withConfiguration(AutoConfigurations.of(DbopEntityAutoConfiguration.class))
			.withPropertyValues(Applications.inMemory("main"))
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				EntityOperations entities = context.getBean(Database.class).entities();
				entities.save("user", Map.of("name", "Ann"));
				FunctionCounter hits = registry.get("dbop.cache.gets")
					.tags("alias", "main", "cache", "entity-schemas", "result", "hit")
					.functionCounter();
				double before = hits.count();
				entities.save("user", Map.of("name", "Bob"));
				assertThat(hits.count()).isGreaterThan(before);
				assertThat(registry.get("dbop.cache.size").tag("cache", "entity-schemas").gauge().value()).isOne();
			});
	}

	@Test
	void whenThereIsNoRegistryThenTheApplicationWorksWithoutMeters() {
		Contexts.jdbc()
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					DataSourcePoolMetricsAutoConfiguration.class, DbopMetricsAutoConfiguration.class))
			.withPropertyValues(Applications.inMemory("main"))
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(DbopMetricsAutoConfiguration.class);
				assertThat(context.getBean(Database.class).<Integer, RuntimeException>execute((spec) -> {
				}, () -> 1)).isOne();
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenOnlyMicrometerItselfIsThereThenTheUsersRegistryGetsTheMetersAllTheSame(boolean lazy) {
		ApplicationContextRunner bare = Contexts.jdbc()
			.withConfiguration(AutoConfigurations.of(DbopMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues(Applications.inMemory("main"));
		(lazy ? bare.withInitializer(Contexts::beLazy) : bare).run((context) -> {
			context.getBean(DataSource.class).getConnection().close();
			assertThat(context.getBean(MeterRegistry.class)
				.get("dbop.connections.acquired")
				.tag("alias", "main")
				.functionCounter()
				.count()).isOne();
		});
	}

	@Test
	void whenThereAreTwoRegistriesOfTheUsersThenBothGetTheMeters() {
		Contexts.jdbc()
			.withConfiguration(AutoConfigurations.of(DbopMetricsAutoConfiguration.class))
			.withBean("one", SimpleMeterRegistry.class)
			.withBean("other", SimpleMeterRegistry.class)
			.withPropertyValues(Applications.inMemory("main"))
			.run((context) -> assertThat(context.getBeansOfType(MeterRegistry.class).values()).hasSize(2)
				.allSatisfy((registry) -> assertThat(registry.find("dbop.connections.acquired").meters()).hasSize(1)));
	}

	private static Set<String> names(MeterRegistry registry) {
		Set<String> names = new TreeSet<>();
		for (Meter meter : registry.getMeters()) {
			String name = meter.getId().getName();
			if (name.startsWith("hikaricp.") || name.startsWith("jdbc.")) {
				names.add(name + meter.getId().getTags());
			}
		}
		return names;
	}

	/** Uses the database while the application starts, as Flyway and JPA do. */
	static class Started {

		Started(@Qualifier("dataSource") DataSource dataSource) throws SQLException {
			dataSource.getConnection().close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tagged {

		@Bean
		MeterRegistryCustomizer<MeterRegistry> region() {
			return (registry) -> registry.config().commonTags("region", "eu");
		}

	}

}

package io.dbop.autoconfigure;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.dbop.autoconfigure.entity.shop.Order;
import io.dbop.autoconfigure.entity.shop.Orders;
import io.dbop.autoconfigure.entity.shop.Shop;
import io.dbop.autoconfigure.entity.shop.User;
import io.dbop.autoconfigure.entity.shop.User.Money;
import io.dbop.autoconfigure.entity.shop.UserService;
import io.dbop.database.Databases;
import io.dbop.entity.EntityMode;
import io.dbop.entity.EntityRepository;
import io.dbop.entity.EntitySchemaException;
import io.dbop.entity.EntitySettings;
import io.dbop.entity.TypeConflict;
import io.dbop.entity.value.EntitySerializer;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import io.dbop.test.Applications;
import io.dbop.test.wire.FreePort;
import org.h2.tools.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Repositories of an application, as beans. */
@ExtendWith(OutputCaptureExtension.class)
class EntityRepositoryTests {

	private final ApplicationContextRunner main = Applications.jdbc().withPropertyValues(Applications.inMemory("main"));

	private final ApplicationContextRunner empty = this.main.withPropertyValues(Applications.inMemory("reporting"));

	private final ApplicationContextRunner shop = this.empty.withUserConfiguration(Shop.class)
		.withBean(UserService.class);

	@Test
	void whenARepositoryIsInAPackageOfTheApplicationThenItIsInjected() {
		this.shop.run((context) -> {
			UserService service = context.getBean(UserService.class);
			User saved = service.users().save(new User(null, " Ann ", Instant.EPOCH, new Money(5)));
			assertThat(saved).isEqualTo(new User(saved.id(), "Ann", Instant.EPOCH, new Money(5)));
			assertThat(service.byName("Ann")).containsExactly(saved);
			assertThat(service.users()).hasToString(service.users().toString()).isEqualTo(service.users());
			assertThat(service.users().hashCode()).isEqualTo(service.users().hashCode());
			assertThat(service.users().toString()).contains("Users", "'users'");
			assertThat(context.getBeansOfType(EntityRepository.class)).containsOnlyKeys("users", "orders");
		});
	}

	@Test
	void whenTheEntityNamesADatabaseThenItsRepositoryUsesThat() {
		this.shop.run((context) -> {
			context.getBean(Orders.class).save(new Order("1", 3));
			assertThat(tables(context, "reporting")).contains("orders", "orders_history").doesNotContain("users");
			assertThat(tables(context, "main")).contains("users", "users_history").doesNotContain("orders");
		});
	}

	@Test
	@DisplayName("A typed entity has its tables when the application has started")
	void whenTheApplicationHasStartedThenTheTablesAreThere() {
		this.shop.run((context) -> {
			UserService service = context.getBean(UserService.class);
			assertThat(service.users().plan()).isEmpty();
			assertThat(columns(context, "users")).contains("name", "joined");
		});
	}

	@Test
	@DisplayName("Nothing of entities shows in an application without")
	void whenThereAreNoRepositoriesThenThereAreNoTables() {
		this.empty.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeansOfType(EntityRepository.class)).isEmpty();
			assertThat(tables(context, "main")).isEmpty();
		});
	}

	@Test
	@DisplayName("An application without entities needs no Jackson")
	void whenJacksonIsMissingThenOnlyEntitiesDoNotWork() {
		this.empty.withClassLoader(new FilteredClassLoader("tools.jackson")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(tables(context, "main")).isEmpty();
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> context.getBean(Databases.class).primary().entities())
				.withMessageContaining("spring-boot-starter-jackson");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			raw     | does not say what its entities are | EntityRepository<User>
			plain   | Things$Thing is no entity          | @DbEntity
			derived | findByName                         | default method
			""")
	void whenARepositoryCannotBeMadeThenTheStartSaysWhy(String name, String reason, String action)
			throws ClassNotFoundException {
		Class<?> application = Class.forName("io.dbop.autoconfigure.entity." + name + ".Things$Application");
		FailureAnalysis analysis = analysis(this.empty.withUserConfiguration(application));
		assertThat(analysis.getDescription()).contains("Things", reason);
		assertThat(analysis.getAction()).contains(action);
	}

	@Test
	void whenTheModeIsValidateThenTheStartFailsWithWhatIsMissing() {
		FailureAnalysis analysis = analysis(this.shop.withPropertyValues("dbop.entity.mode=validate"));
		assertThat(analysis.getDescription()).contains("'users'", "CREATE TABLE", "\"joined\"");
		assertThat(analysis.getAction()).contains("dbop.databases.<alias>.entity.mode", "Flyway");
	}

	@Test
	void whenAnEntityHasAModeOfItsOwnThenThatCounts() {
		this.shop
			.withPropertyValues("dbop.entity.mode=validate", "dbop.databases.reporting.entity.mode=none",
					"dbop.databases.main.entity.modes.users=create")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(tables(context, "main")).contains("users");
				assertThat(tables(context, "reporting")).isEmpty();
				assertThatExceptionOfType(EntitySchemaException.class)
					.isThrownBy(() -> context.getBean(Orders.class).save(new Order("1", 1)));
			});
	}

	@Test
	@DisplayName("Flyway has run before a repository is made")
	void whenFlywayMakesTheTablesThenValidateFindsThem() {
		String url = "dbop.databases.main.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
		ApplicationContextRunner flyway = this.shop
			.withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
			.withPropertyValues(url, "dbop.databases.main.entity.mode=validate",
					"spring.flyway.locations=classpath:entity-migrations");
		flyway.run((context) -> {
			assertThat(context).hasNotFailed();
			EntityRepository<User> users = context.getBean(UserService.class).users();
			assertThat(users.save(new User("1", "Ann", null, null)).name()).isEqualTo("Ann");
		});
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "dbop.databases.default.startup=lazy;dbop.databases.default.url", "spring.datasource.url" })
	@DisplayName("A database that is down does not keep a lazily starting application down")
	void whenTheDatabaseIsDownAtTheStartThenTablesArePreparedLater(String properties, CapturedOutput output) {
		int port = FreePort.find();
		String url = "=jdbc:h2:tcp://127.0.0.1:" + port + "/mem:later;DB_CLOSE_DELAY=-1";
		Applications.jdbc()
			.withUserConfiguration(Shop.class)
			.withBean(UserService.class)
			.withPropertyValues((properties + url).split(";", properties.contains(";") ? 2 : 1))
			.withPropertyValues(Applications.inMemory("reporting"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).contains("'users' are not prepared yet");
				Server server = Server.createTcpServer("-tcpPort", "" + port, "-ifNotExists").start();
				try {
					assertThat(context.getBean(UserService.class).users().count()).isZero();
					assertThat(tables(context, "default")).contains("users", "users_history");
				}
				finally {
					context.getBean(Databases.class).primary().jdbcTemplate().execute("SHUTDOWN");
					server.stop();
				}
			});
	}

	@Test
	@DisplayName("A database that is created later is prepared when it is first used")
	void whenTheDatabaseIsCreatedLaterThenItIsPreparedThen() {
		this.main.withUserConfiguration(Shop.class)
			.withPropertyValues("dbop.databases.reporting.at-run-time=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Databases databases = context.getBean(Databases.class);
				for (int i = 0; i < 2; i++) {
					String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
					databases.create(DatabaseConfig.builder("reporting").url(url).build(),
							CredentialsSource.of("", ""));
					assertThat(context.getBean(Orders.class).count()).isZero();
					assertThat(tables(context, "reporting")).contains("orders");
					databases.remove("reporting");
				}
			});
	}

	@Test
	void whenThereIsASerializerBeanThenEntitiesUseIt() {
		this.shop.withBean(MoneySerializer.class).run((context) -> {
			EntityRepository<User> users = context.getBean(UserService.class).users();
			User saved = users.save(new User("1", "Ann", null, new Money(5)));
			assertThat(saved.credit()).isEqualTo(new Money(5));
			assertThat(
					context.getBean(Databases.class).primary().sql("SELECT [credit] FROM [users]").single(String.class))
				.isEqualTo("5 ct");
		});
	}

	@Test
	void whenNothingIsConfiguredThenTheDefaultsAreThoseOfSettings() {
		this.empty.run((context) -> assertThat(context.getBean(EntityFactory.class).settings("main"))
			.isEqualTo(EntitySettings.defaults()));
	}

	@Test
	void whenAnAliasIsConfiguredThenItsSettingsCount() {
		this.empty
			.withPropertyValues("dbop.entity.max-fields=7", "dbop.entity.on-type-conflict=text",
					"dbop.databases.main.entity.max-fields=9", "dbop.databases.main.entity.schema-lock-timeout=1s",
					"dbop.entity.writer.max-rows=7", "dbop.databases.main.entity.writer.threads=3",
					"dbop.databases.main.entity.modes.users=none")
			.run((context) -> {
				EntitySettings settings = context.getBean(EntityFactory.class).settings("main");
				assertThat(settings.maxFields()).isEqualTo(9);
				assertThat(settings.onTypeConflict()).isEqualTo(TypeConflict.TEXT);
				assertThat(settings.schemaLockTimeout()).hasSeconds(1);
				assertThat(settings.writer().threads()).isEqualTo(3);
				assertThat(settings.writer().maxRows()).isEqualTo(7);
				assertThat(settings.writer().capacity()).isEqualTo(10_000);
				assertThat(settings.mode("users")).isEqualTo(EntityMode.NONE);
				assertThat(settings.mode("others")).isEqualTo(EntityMode.EVOLVE);
				assertThat(context.getBean(EntityFactory.class).settings("reporting").maxFields()).isEqualTo(7);
			});
	}

	private static FailureAnalysis analysis(ApplicationContextRunner runner) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		runner.run((context) -> {
			assertThat(context).hasFailed();
			analysis[0] = Contexts.analyze(context.getStartupFailure());
		});
		return analysis[0];
	}

	private static List<String> tables(ApplicationContext context, String alias) {
		return context.getBean(Databases.class)
			.get(alias)
			.jdbcTemplate()
			.queryForList("SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'",
					String.class);
	}

	private static List<String> columns(ApplicationContext context, String table) {
		return context.getBean(Databases.class)
			.primary()
			.jdbcTemplate()
			.queryForList("SELECT column_name FROM information_schema.columns WHERE table_name = ?", String.class,
					table);
	}

	static class MoneySerializer implements EntitySerializer<Money> {

		@Override
		public Class<Money> type() {
			return Money.class;
		}

		@Override
		public Object serialize(Money value) {
			return value.cents() + " ct";
		}

		@Override
		public Money deserialize(Object value) {
			return new Money(Long.parseLong(((String) value).replace(" ct", "")));
		}

	}

}

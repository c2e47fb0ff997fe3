package io.dbop.autoconfigure;

import io.dbop.autoconfigure.entity.shop.Order;
import io.dbop.autoconfigure.entity.shop.Orders;
import io.dbop.autoconfigure.entity.shop.Shop;
import io.dbop.autoconfigure.entity.shop.User;
import io.dbop.autoconfigure.entity.shop.UserService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.aot.AotDetector;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

import static org.assertj.core.api.Assertions.assertThat;

/** Repositories of an application that was processed ahead of time. */
@DisplayName("B3: ahead-of-time processing")
class EntityAotTests {

	private static final String NOWHERE = ".url=jdbc:h2:tcp://127.0.0.1:1/none";

	@Test
	@CompileWithForkedClassLoader
	void whenProcessedAheadOfTimeThenRepositoriesWork() {
		TestGenerationContext generation = new TestGenerationContext(Application.class);
		try (AnnotationConfigApplicationContext source = new AnnotationConfigApplicationContext()) {
			source.register(Application.class);
			TestPropertyValues.of("dbop.databases.main" + NOWHERE, "dbop.databases.reporting" + NOWHERE)
				.applyTo(source);
			new ApplicationContextAotGenerator().processAheadOfTime(source, generation);
		}
		assertHints(generation.getRuntimeHints());
		generation.writeGeneratedContent();
		// Of the forked class loader alone.
		SpringProperties.setFlag(AotDetector.AOT_ENABLED);
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				TestPropertyValues
					.of("dbop.databases.main.url=jdbc:h2:mem:aot1", "dbop.databases.reporting.url=jdbc:h2:mem:aot2")
					.applyTo(context);
				initializer(compiled.getInstance(ApplicationContextInitializer.class)).initialize(context);
				context.refresh();
				UserService service = context.getBean(UserService.class);
				User saved = service.users().save(new User(null, "Ann", null, null));
				assertThat(service.byName("Ann")).containsExactly(saved);
				assertThat(context.getBean(Orders.class).save(new Order("1", 2))).isEqualTo(new Order("1", 2));
			}
		});
	}

	private static void assertHints(RuntimeHints hints) {
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Orders.class)).accepts(hints);
		assertThat(
				RuntimeHintsPredicates.reflection().onConstructorInvocation(Order.class.getDeclaredConstructors()[0]))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(User.class, "name")).accepts(hints);
	}

	@SuppressWarnings("unchecked")
	private static ApplicationContextInitializer<GenericApplicationContext> initializer(Object instance) {
		return (ApplicationContextInitializer<GenericApplicationContext>) instance;
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Shop.class, UserService.class })
	@ImportAutoConfiguration({ DbopAutoConfiguration.class, DbopExecutionAutoConfiguration.class,
			DbopEntityAutoConfiguration.class, DataSourceAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class })
	static class Application {

	}

}

package io.dbop.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.dbop.database.Databases;
import io.dbop.entity.EntityOperations;
import io.dbop.entity.EntityUser;
import io.dbop.test.Applications;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.data.domain.AuditorAware;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/** By whom entities are changed, as far as the application tells. */
class EntityUserTests {

	private final ApplicationContextRunner plain = Applications.jdbc()
		.withPropertyValues(Applications.inMemory("main"));

	private final ApplicationContextRunner audited = this.plain.withBean("auditor", AuditorAware.class,
			() -> () -> Optional.of("auditor"));

	@AfterEach
	void leave() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void whenThereIsABeanThenItTellsTheUser() {
		login(new TestingAuthenticationToken("login", "secret", "USER"));
		this.audited.withBean("own", EntityUser.class, () -> () -> "own")
			.run((context) -> assertThat(savedBy(context)).isEqualTo("own"));
	}

	@Test
	void whenThereIsAnAuditorThenItComesBeforeTheLogin() {
		login(new TestingAuthenticationToken("login", "secret", "USER"));
		this.audited.run((context) -> assertThat(savedBy(context)).isEqualTo("auditor"));
		this.audited.withBean("other", AuditorAware.class, () -> () -> Optional.of("other"))
			.run((context) -> assertThat(savedBy(context)).isEqualTo("login"));
	}

	@Test
	void whenNobodyIsAuditorThenThereIsNoUser() {
		this.plain.withBean("auditor", AuditorAware.class, () -> Optional::empty)
			.run((context) -> assertThat(savedBy(context)).isNull());
	}

	@Test
	void whenSomebodyHasLoggedInThenThatIsTheUser() {
		this.plain.run((context) -> {
			assertThat(savedBy(context)).isNull();
			login(new TestingAuthenticationToken("login", "secret", "USER"));
			assertThat(savedBy(context)).isEqualTo("login");
			login(new TestingAuthenticationToken("login", "secret"));
			assertThat(savedBy(context)).isNull();
			login(new AnonymousAuthenticationToken("key", "anonymous", AuthorityUtils.createAuthorityList("NOBODY")));
			assertThat(savedBy(context)).isNull();
		});
	}

	@Test
	void whenSpringDataAndSecurityAreMissingThenThereIsNoUser() {
		this.plain.withClassLoader(new FilteredClassLoader("org.springframework.data", "org.springframework.security"))
			.run((context) -> {
				assertThat(context).doesNotHaveBean(EntityUser.class);
				assertThat(savedBy(context)).isNull();
			});
	}

	private static void login(Authentication who) {
		SecurityContextHolder.getContext().setAuthentication(who);
	}

	private static @Nullable String savedBy(ApplicationContext context) {
		EntityOperations entities = context.getBean(Databases.class).primary().entities();
		entities.saveAll("things", List.of(Map.of("id", "1")));
		return entities.get("things", "1").orElseThrow().updatedBy();
	}

}

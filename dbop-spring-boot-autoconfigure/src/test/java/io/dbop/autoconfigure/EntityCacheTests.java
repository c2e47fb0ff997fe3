package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.entity.EntityOperations;
import io.dbop.pool.DatabaseConfig;
import io.dbop.test.Applications;
import io.dbop.test.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Where entities are cached, as the application says. */
class EntityCacheTests {

	private final ApplicationContextRunner application = Applications.jdbc()
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues(Applications.inMemory("main"))
		.withPropertyValues("dbop.databases.main.entity.cached=users,orders");

	@Test
	void whenThereIsNoCacheManagerThenTheyAreCachedWithinTheJvm() {
		this.application.run((context) -> {
			assertCached(context, "users");
			assertThat(context).doesNotHaveBean(CacheManager.class);
		});
	}

	@Test
	void whenAnEntityIsNotNamedThenItIsNotCached() {
		this.application.run((context) -> {
			readTwice(context, "others");
			assertThat(
					context.getBean(MeterRegistry.class).find("dbop.cache.gets").tag("cache", "entity:others").meter())
				.isNull();
		});
	}

	@Test
	void whenThereIsOneCacheManagerThenItsCachesAreUsed() {
		this.application.withBean("own", CaffeineCacheManager.class).run((context) -> {
			assertCached(context, "orders");
			assertThat(context.getBean(CaffeineCacheManager.class).getCacheNames())
				.containsExactlyInAnyOrder("dbop.main.users", "dbop.main.orders");
			assertThat(size(context.getBean(CaffeineCacheManager.class), "dbop.main.orders")).isPositive();
		});
	}

	@Test
	void whenAnAliasIsAnotherDatabaseLaterThenNothingOfTheFirstIsFound() {
		this.application.withBean("own", CaffeineCacheManager.class)
			.withPropertyValues("dbop.databases.tenant.at-run-time=true",
					"dbop.databases.tenant.entity.cached=settings")
			.run((context) -> {
				Databases databases = context.getBean(Databases.class);
				tenant(databases, "second").entities().save("settings", "main", Map.of("name", "second"));
				databases.remove("tenant", Duration.ZERO);
				Database first = tenant(databases, "first");
				first.entities().save("settings", "main", Map.of("name", "first"));
				assertThat(first.entities().get("settings", "main").orElseThrow().get("name")).isEqualTo("first");
				databases.remove("tenant", Duration.ZERO);
				Database second = tenant(databases, "second");
				assertThat(second.entities().get("settings", "main").orElseThrow().get("name")).isEqualTo("second");
			});
	}

	private static Database tenant(Databases databases, String name) {
		return databases
			.create(DatabaseConfig.builder("tenant").url("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1").build());
	}

	@Test
	void whenThereAreSeveralThenOneHasToBeNamed() {
		ApplicationContextRunner two = this.application.withBean("own", CaffeineCacheManager.class)
			.withBean("other", CaffeineCacheManager.class);
		two.run((context) -> assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> entities(context))
			.withMessageContainingAll("dbop.entity.cache.manager", "own", "other"));
		two.withPropertyValues("dbop.entity.cache.manager=other").run((context) -> {
			assertCached(context, "users");
			assertThat(size(context.getBean("other", CaffeineCacheManager.class), "dbop.main.users")).isPositive();
		});
		two.withPropertyValues("dbop.entity.cache.manager=absent")
			.run((context) -> assertThatExceptionOfType(InvalidPropertyException.class)
				.isThrownBy(() -> entities(context))
				.withMessageContainingAll("dbop.entity.cache.manager", "absent"));
	}

	@Test
	void whenTheManagerDoesNotKnowTheCacheThenItsNameIsTold() {
		this.application.withBean("own", CaffeineCacheManager.class, () -> new CaffeineCacheManager("others"))
			.run((context) -> assertThatExceptionOfType(InvalidPropertyException.class)
				.isThrownBy(() -> entities(context))
				.withMessageContaining("dbop.main.orders"));
	}

	@Test
	void whenAValueCannotWorkThenTheStartFails() {
		for (String property : new String[] { "dbop.entity.cache.max-age=0s", "dbop.entity.cache.max-entities=0" }) {
			this.application.withPropertyValues(property)
				.run((context) -> assertThat(context).getFailure()
					.hasMessageContaining(property.substring(0, property.indexOf('='))));
		}
	}

	@Test
	@DisabledIf("io.dbop.test.RedisServer#missing")
	void whenBootConfiguresRedisThenItIsUsedAsConfigured() {
		try (RedisServer redis = RedisServer.started()) {
			this.application
				.withConfiguration(
						AutoConfigurations.of(DataRedisAutoConfiguration.class, CacheAutoConfiguration.class))
				.withUserConfiguration(WithCaching.class)
				.withPropertyValues("spring.data.redis.port=" + redis.port(), "spring.data.redis.timeout=10s",
						"spring.cache.type=redis", "spring.cache.redis.key-prefix=shop:",
						"spring.cache.redis.time-to-live=1h")
				.run((context) -> {
					assertThat(context).hasSingleBean(RedisCacheManager.class);
					assertCachedSoon(context, "users");
					StringRedisTemplate keys = context.getBean(StringRedisTemplate.class);
					assertThat(keys.keys("*")).containsExactlyInAnyOrder("shop:dbop.main.users::stamp:1",
							"shop:dbop.main.users::row:1");
					assertThat(keys.getExpire("shop:dbop.main.users::row:1")).isBetween(3000L, 3600L);
				});
		}
	}

	private static void assertCached(ApplicationContext context, String entity) {
		readTwice(context, entity);
		assertThat(hits(context, entity)).isOne();
	}

	/**
	 * To Redis a row is sent while its reader goes on, who may be back before it is
	 * there.
	 */
	private static void assertCachedSoon(ApplicationContext context, String entity) {
		readTwice(context, entity);
		await().until(() -> {
			entities(context).get(entity, "1");
			return hits(context, entity) > 0;
		});
	}

	private static double hits(ApplicationContext context, String entity) {
		return context.getBean(MeterRegistry.class)
			.get("dbop.cache.gets")
			.tags("alias", "main", "cache", "entity:" + entity, "result", "hit")
			.functionCounter()
			.count();
	}

	private static void readTwice(ApplicationContext context, String entity) {
		EntityOperations entities = entities(context);
		entities.save(entity, "1", Map.of("x", 1));
		assertThat(entities.get(entity, "1")).isPresent();
		assertThat(entities.get(entity, "1").orElseThrow().get("x")).isEqualTo(1);
	}

	private static EntityOperations entities(ApplicationContext context) {
		return context.getBean(Databases.class).primary().entities();
	}

	private static long size(CacheManager manager, String name) {
		return ((Cache<?, ?>) manager.getCache(name).getNativeCache()).estimatedSize();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class WithCaching {

	}

}

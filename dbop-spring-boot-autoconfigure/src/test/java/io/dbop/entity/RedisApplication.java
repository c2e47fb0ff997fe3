package io.dbop.entity;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.dbop.sql.CacheStatistics;
import io.dbop.test.DatabaseInstance;
import io.lettuce.core.ClientOptions;

import org.springframework.cache.Cache;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** An application whose users are read through a Redis that it shares with others. */
final class RedisApplication implements AutoCloseable {

	static final Duration MAX_AGE = Duration.ofMinutes(1);

	/** Of a command. */
	static final Duration TIMEOUT = Duration.ofMillis(200);

	private final LettuceConnectionFactory connections;

	final ObservedCache cache;

	final EntityFixture fixture;

	final EntityOperations entities;

	RedisApplication(DatabaseInstance instance, int redisPort) {
		this.connections = new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", redisPort),
				LettuceClientConfiguration.builder()
					.commandTimeout(TIMEOUT)
					.clientOptions(ClientOptions.builder()
						.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
						.build())
					.build());
		this.connections.afterPropertiesSet();
		this.connections.start();
		RedisCacheManager manager = RedisCacheManager.create(this.connections);
		this.cache = new ObservedCache(cache(manager));
		this.fixture = new EntityFixture(instance, new EntityCaching(Set.of("users"), (entity) -> this.cache, MAX_AGE));
		this.entities = this.fixture.entities();
	}

	private static Cache cache(RedisCacheManager manager) {
		Cache cache = manager.getCache("dbop.main.users");
		if (cache == null) {
			throw new IllegalStateException("A manager of Redis makes caches as they are asked for");
		}
		return cache;
	}

	void save(int x) {
		this.entities.save("users", "u", Map.of("x", x));
	}

	int x() {
		return this.entities.get("users", "u").orElseThrow().get("x", Integer.class);
	}

	long failures() {
		return statistics().failures();
	}

	long hits() {
		return statistics().hits();
	}

	private CacheStatistics statistics() {
		return Objects.requireNonNull(this.fixture.engine.caches().statistics().get("entity:users"));
	}

	/** How many connections to the database an action takes. */
	long connectionsOf(Runnable action) {
		long before = this.fixture.pool.statistics().acquired();
		action.run();
		return this.fixture.pool.statistics().acquired() - before;
	}

	@Override
	public void close() {
		this.fixture.close();
		this.connections.destroy();
	}

}

package io.dbop.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerState;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import io.dbop.test.Borrower;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/** What the endpoint tells and does over HTTP. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB })
class EndpointTests {

	private static final String SECRET = "hunter2";

	private final HttpClient http = HttpClient.newHttpClient();

	private final DatabaseInstance database;

	private ConfigurableApplicationContext application;

	EndpointTests(DatabaseInstance database) {
		this.database = database;
	}

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void whenAskedThenAllThatIsKnownIsToldAndNoValue() throws Exception {
		start(this.database, "dbop.slow-query.threshold=50ms", "dbop.leak-detection.threshold=100ms");
		jdbc().execute(this.database.sleepSql(Duration.ofMillis(150)) + " -- " + SECRET);
		main().entities().save("users", Map.of("name", SECRET));
		try (Connection kept = Borrower.forget(pool().dataSource())) {
			await().until(() -> !pool().activity().leaks().isEmpty());
			HttpResponse<String> answer = get("/main");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).doesNotContain(SECRET);
			DocumentContext told = JsonPath.parse(answer.body());
			assertThat(told.<String>read("$.configuration.dialect")).isEqualTo(pool().dialect().name());
			assertThat(told.<String>read("$.statements.slowest[0].text")).containsIgnoringCase("sleep")
				.doesNotContain("0.15");
			assertThat(told.<Double>read("$.statements.slowest[0].maxMillis")).isGreaterThanOrEqualTo(149);
			assertThat(told.<Integer>read("$.statements.count")).isGreaterThan(1);
			assertThat(told.<String>read("$.leaks[0].callSite")).contains("Borrower.forget");
			assertThat(told.<String>read("$.advice.level")).isEqualTo("NOTICE");
			assertThat(told.<String>read("$.advice.items[0].cause")).isEqualTo("LEAK");
			assertThat(told.<String>read("$.advice.sentence")).contains("Borrower.forget");
			assertThat(told.<Integer>read("$.capacity.poolMax")).isEqualTo(4);
			assertThat(told.<Integer>read("$.capacity.applicationServers")).isOne();
			assertThat(told.<String>read("$.timeouts.windows.15m.band")).isEqualTo("NORMAL");
			assertThat(told.<String>read("$.entities.users.fields.name")).isEqualToIgnoringCase("string");
			assertThat(told.<Integer>read("$.caches.entity-schemas.misses")).isPositive();
			assertThat(told.<Integer>read("$.caches.translations.size")).isNotNull();
			assertThat(told.<String>read("$.breakers[0].state")).isEqualTo("CLOSED");
			assertThat(kept.isClosed()).isFalse();
		}
		await().untilAsserted(() -> {
			DocumentContext told = JsonPath.parse(get("/main").body());
			assertThat(told.<Integer>read("$.history.utilisation.length()")).isPositive()
				.isEqualTo(told.<Integer>read("$.history.waitMillis.length()"));
		});
		DocumentContext all = JsonPath.parse(get("").body());
		assertThat(all.<String>read("$.databases.main.advice.level")).isNotNull();
		assertThat(all.<Object>read("$.databases.main.history")).isNull();
		assertThat(get("/nobody").statusCode()).isEqualTo(404);
	}

	@Test
	void whenAccessIsNotUnrestrictedThenNothingCanBeDone() throws Exception {
		start(this.database);
		jdbc().execute("select 1");
		assertThat(post("/main/evict", "{}").statusCode()).isIn(404, 405);
		assertThat(post("/main/resize", "{\"size\": 9}").statusCode()).isIn(404, 405);
		assertThat(pool().status().max()).isEqualTo(4);
	}

	@Test
	void whenThePoolIsResizedThenCallersWhoWaitGetOnAndTheNewSizeHolds() throws Exception {
		start(this.database, "management.endpoint.dbop.access=unrestricted",
				"dbop.databases.main.connection-acquisition-timeout=30s");
		CountDownLatch taken = new CountDownLatch(6);
		CountDownLatch end = new CountDownLatch(1);
		CompletableFuture<?>[] callers = Stream.generate(() -> keep(taken, end))
			.limit(6)
			.toArray(CompletableFuture<?>[]::new);
		await().until(() -> taken.getCount() == 2 && pool().status().waiting() == 2);
		HttpResponse<String> answer = post("/main/resize", "{\"size\": 6}");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<Integer>read(answer.body(), "$.pool.status.max")).isEqualTo(6);
		taken.await();
		assertThat(post("/main/resize", "{\"size\": 2}").statusCode()).isEqualTo(200);
		end.countDown();
		CompletableFuture.allOf(callers).join();
		await().until(() -> pool().status().active() == 0 && pool().status().total() <= 2);
		assertThat(post("/main/resize", "{\"size\": 0}").statusCode()).isEqualTo(400);
		assertThat(post("/main/resize", "{}").statusCode()).isEqualTo(400);
		assertThat(post("/main/explode", "{}").statusCode()).isEqualTo(400);
		assertThat(post("/nobody/evict", "{}").statusCode()).isEqualTo(400);
		assertThat(pool().status().max()).isEqualTo(2);
	}

	@Test
	void whenConnectionsAreEvictedThenTheyAreReplaced() throws Exception {
		start(this.database, "management.endpoint.dbop.access=unrestricted", "dbop.databases.main.pool.max=1");
		long before = session();
		assertThat(session()).isEqualTo(before);
		assertThat(post("/main/evict", "{}").statusCode()).isEqualTo(200);
		await().untilAsserted(() -> assertThat(session()).isNotEqualTo(before));
	}

	@Test
	void whenABreakerIsResetThenCallsPassAgain() throws Exception {
		try (WireProxy proxy = this.database.proxy()) {
			start(this.database.through(proxy), "management.endpoint.dbop.access=unrestricted",
					"dbop.databases.main.retry.max-retries=0", "dbop.databases.main.circuit-breaker.recovery=time",
					"dbop.databases.main.connection-acquisition-timeout=300ms");
			main().sql("select 1").single(Integer.class);
			proxy.down();
			await().until(() -> {
				assertThatException().isThrownBy(() -> main().sql("select 1").single(Integer.class));
				return state() == BreakerState.OPEN;
			});
			proxy.up();
			assertThat(post("/main/reset-breaker", "{\"name\": \"other\"}").statusCode()).isEqualTo(400);
			assertThat(state()).isEqualTo(BreakerState.OPEN);
			assertThat(post("/main/reset-breaker", "{\"name\": \"main\"}").statusCode()).isEqualTo(200);
			assertThat(state()).isEqualTo(BreakerState.CLOSED);
		}
	}

	@Test
	void whenTheDatabaseHangsThenTheEndpointAnswersWithinASecond() throws Exception {
		try (WireProxy proxy = this.database.proxy()) {
			start(this.database.through(proxy), "dbop.databases.main.connection-acquisition-timeout=60s",
					"dbop.databases.main.hikari.connection-timeout=60000");
			main().sql("select 1").single(Integer.class);
			get("/main");
			proxy.blackHole();
			CountDownLatch begun = new CountDownLatch(6);
			for (int i = 0; i < 6; i++) {
				CompletableFuture.runAsync(() -> {
					begun.countDown();
					main().sql("select 1").single(Integer.class);
				}, (task) -> new Thread(task).start());
			}
			begun.await();
			for (String path : new String[] { "", "/main" }) {
				long start = System.nanoTime();
				assertThat(get(path).statusCode()).isEqualTo(200);
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
			}
			proxy.heal();
			await().atMost(Duration.ofSeconds(60)).until(() -> pool().status().active() == 0);
		}
	}

	private CompletableFuture<Void> keep(CountDownLatch taken, CountDownLatch end) {
		return CompletableFuture.runAsync(() -> {
			try {
				Borrower.keep(pool().dataSource(), taken, end);
			}
			catch (SQLException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}, (task) -> new Thread(task).start());
	}

	private long session() throws SQLException {
		try (Connection connection = pool().dataSource().getConnection()) {
			return this.database.sessionOf(connection).id();
		}
	}

	private BreakerState state() {
		return this.application.getBean(BreakerRegistry.class).all().iterator().next().state();
	}

	private Database main() {
		return this.application.getBean(Databases.class).get("main");
	}

	private JdbcTemplate jdbc() {
		return this.application.getBean(JdbcTemplate.class);
	}

	private ConnectionPool pool() {
		return this.application.getBean(PoolRegistry.class).get("main");
	}

	private void start(DatabaseInstance at, String... more) {
		this.application = new SpringApplicationBuilder(Application.class).properties("spring.main.banner-mode=off",
				"server.port=0", "management.endpoints.web.exposure.include=dbop", "spring.flyway.enabled=false",
				"spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
						+ "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
						+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
						+ "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
				"dbop.databases.main.pool.max=4", "dbop.databases.main.pool.min=1", "dbop.advice.interval=200ms")
			.properties(Applications.alias("main", at))
			.properties(more)
			.run();
		this.application.getBean(Databases.class).get("main").jdbcClient();
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.http.send(request(path).build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
		return this.http.send(
				request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
				BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:"
				+ this.application.getEnvironment().getProperty("local.server.port") + "/actuator/dbop" + path));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

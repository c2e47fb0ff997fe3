package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.dbop.pool.AcquisitionTimeoutException;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachRestartableServer;
import io.dbop.test.RestartableServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/** What a server that is down does to the start of an application. */
@EachRestartableServer
@DisplayName("A server that is down at the start")
class UnreachableStartTests {

	private static final String SECRET = "geheim-4711";

	private final RestartableServer server;

	private final ApplicationContextRunner runner;

	private final String location;

	UnreachableStartTests(RestartableServer server) throws Exception {
		this.server = server;
		DatabaseInstance database = server.freshDatabase();
		this.location = database.url().replaceAll("[?].*", "");
		this.runner = Applications.jdbc()
			.withPropertyValues(Applications.alias("shop", database))
			.withPropertyValues("dbop.databases.shop.pool.max=2");
	}

	@BeforeEach
	void goDown() {
		this.server.kill();
	}

	@Test
	void whenToWaitAndTheServerComesUpThenTheApplicationStarts() throws Exception {
		CompletableFuture<Integer> answer = ShutdownFixture.async(() -> {
			AtomicReference<Integer> one = new AtomicReference<>();
			this.runner
				.withPropertyValues("dbop.databases.shop.startup=wait", "dbop.databases.shop.pool-creation-timeout=60s")
				.run((context) -> one.set(one(context.getBean(JdbcClient.class))));
			return one.get();
		});
		await().until(UnreachableStartTests::opening);
		this.server.start();
		assertThat(answer.get(60, TimeUnit.SECONDS)).isOne();
	}

	@Test
	void whenToWaitAndTheServerStaysDownThenTheStartFailsWhenTheTimeIsOver() {
		long start = System.nanoTime();
		FailureAnalysis analysis = failed("wait");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(3),
				Duration.ofSeconds(10));
		assertExplained(analysis);
		assertThat(analysis.getAction()).contains("pool-creation-timeout");
	}

	@Test
	void whenToFailThenTheStartFailsAtOnce() {
		long start = System.nanoTime();
		FailureAnalysis analysis = failed("fail");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		assertExplained(analysis);
		assertThat(analysis.getAction()).contains("startup: wait or lazy");
	}

	@Test
	void whenLazyThenTheFirstUseFailsAndTheOneAfterTheServerIsUpWorks() {
		long start = System.nanoTime();
		this.runner
			.withPropertyValues("dbop.databases.shop.startup=lazy",
					"dbop.databases.shop.connection-acquisition-timeout=5500ms")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
				JdbcClient client = context.getBean(JdbcClient.class);
				assertThatException().isThrownBy(() -> one(client))
					.havingCause()
					.isInstanceOf(AcquisitionTimeoutException.class)
					.withMessageContaining("No connection to database 'shop' could be opened within")
					.withMessageNotContaining(SECRET);
				this.server.start();
				assertThat(one(client)).isOne();
			});
	}

	private FailureAnalysis failed(String startup) {
		AtomicReference<FailureAnalysis> analysis = new AtomicReference<>();
		this.runner
			.withPropertyValues("dbop.databases.shop.startup=" + startup,
					"dbop.databases.shop.pool-creation-timeout=3s", "dbop.databases.shop.password=" + SECRET)
			.run((context) -> analysis.set(Contexts.analyze(context.getStartupFailure())));
		return analysis.get();
	}

	private void assertExplained(FailureAnalysis analysis) {
		assertThat(analysis.getDescription()).contains("'shop'", this.location).doesNotContain(SECRET);
		assertThat(analysis.getAction()).contains("Start the database").doesNotContain(SECRET);
	}

	private static boolean opening() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("dbop-open-shop"));
	}

	private static int one(JdbcClient client) {
		return client.sql("select 1").query(Integer.class).single();
	}

}

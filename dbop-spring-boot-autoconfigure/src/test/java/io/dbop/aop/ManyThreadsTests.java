package io.dbop.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.dbop.database.Database;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Far more callers than connections: each gets its turn. All of them together take longer
 * than one may wait, so that whoever is overtaken again and again is not served.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
class ManyThreadsTests {

	private static final int CALLERS = 200;

	private static final int CALLS = 6;

	private static final long WORK_MILLIS = 20;

	private static final int CONNECTIONS = 5;

	private static final Runtime.Version VIRTUAL_THREADS = Runtime.Version.parse("21");

	private final DatabaseInstance database;

	private final ConfigurableApplicationContext application;

	ManyThreadsTests(DatabaseInstance database) {
		this.database = database;
		JdbcClient.create(database.dataSource())
			.sql("create table entry (caller integer not null, number integer not null)")
			.update();
		this.application = Applications.start(Beans.class, properties(database));
	}

	private static String[] properties(DatabaseInstance database) {
		List<String> properties = new ArrayList<>(List.of(Applications.alias("main", database)));
		properties.add("dbop.databases.main.pool.max=" + CONNECTIONS);
		properties.add("dbop.databases.main.connection-acquisition-timeout=15s");
		properties.add("dbop.databases.main.retry.max-retries=0");
		return properties.toArray(String[]::new);
	}

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void whenPlatformThreadsCallThenAllAreServed() throws Exception {
		assertAllServed(Executors.newFixedThreadPool(CALLERS));
	}

	@Test
	void whenVirtualThreadsCallThenAllAreServed() throws Exception {
		boolean there = Runtime.version().compareTo(VIRTUAL_THREADS) >= 0;
		if (!there) {
			System.out.println("No virtual threads on Java " + Runtime.version() + ", not tested");
		}
		Assumptions.assumeTrue(there, "needs virtual threads, Java 21 or later");
		// By name, since the class is compiled for Java 17.
		assertAllServed((ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
	}

	private void assertAllServed(ExecutorService threads) throws Exception {
		Entries entries = this.application.getBean(Entries.class);
		List<Callable<Integer>> callers = new ArrayList<>();
		for (int caller = 0; caller < CALLERS; caller++) {
			int number = caller;
			callers.add(() -> {
				for (int call = 0; call < CALLS; call++) {
					entries.write(number, call);
				}
				return number;
			});
		}
		try {
			for (Future<Integer> served : threads.invokeAll(callers, 60, TimeUnit.SECONDS)) {
				served.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(JdbcClient.create(this.database.dataSource())
			.sql("select count(*) from (select distinct caller, number from entry) served")
			.query(Integer.class)
			.single()).isEqualTo(CALLERS * CALLS);
		ConnectionPool pool = this.application.getBean(PoolRegistry.class).find("main");
		assertThat(pool.statistics().timeouts()).isZero();
		assertThat(pool.statistics().acquired()).isEqualTo(CALLERS * CALLS);
		assertThat(pool.status().active()).isZero();
		assertThat(pool.status().total()).isLessThanOrEqualTo(CONNECTIONS);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Entries.class)
	static class Beans {

	}

	static class Entries {

		private final JdbcClient client;

		Entries(Database database) {
			this.client = database.jdbcClient();
		}

		@DbRetry
		@AutoTransaction
		@CircuitBreaker
		void write(int caller, int number) throws InterruptedException {
			Thread.sleep(WORK_MILLIS);
			this.client.sql("insert into entry values (?, ?)").params(caller, number).update();
		}

	}

}

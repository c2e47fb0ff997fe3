package io.dbop.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachCluster;
import io.dbop.test.FaultForm;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications, each on a node of its own, that write the same rows. Nodes do not see
 * each other's locks: of two that have changed a row one is refused when it commits.
 */
@Tag("fault")
@EachCluster
class NodeConflictTests {

	private static final Log logger = LogFactory.getLog(NodeConflictTests.class);

	private static final int THREADS = 4;

	private static final int TIMES = FaultForm.choose(25, 500);

	private static final int KEYS = FaultForm.choose(40, 1000);

	private final JdbcClient client;

	private final List<ConfigurableApplicationContext> applications = new ArrayList<>();

	private final List<Counter> counters = new ArrayList<>();

	NodeConflictTests(DatabaseInstance database) {
		this.client = JdbcClient.create(database.dataSource());
		this.client.sql("create table counter (id integer primary key, total bigint not null)").update();
		this.client.sql("create table entry (id bigint auto_increment primary key, node integer not null)").update();
		this.client.sql("create table claim (id integer primary key, node integer not null)").update();
		this.client.sql("insert into counter (id, total) values (1, 0)").update();
		for (DatabaseInstance node : database.nodes()) {
			ConfigurableApplicationContext application = Applications.start(Counting.class,
					Applications.alias("main", node));
			this.applications.add(application);
			this.counters.add(application.getBean(Counter.class));
		}
	}

	@AfterEach
	void close() {
		this.applications.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void whenNodesWriteTheSameRowThenNothingIsLostAndNothingDoubled() throws Exception {
		run(THREADS, (node) -> {
			for (int i = 0; i < TIMES; i++) {
				this.counters.get(node).add(node);
			}
			return TIMES;
		});
		int calls = this.counters.size() * THREADS * TIMES;
		assertThat(query("select total from counter where id = 1")).isEqualTo(calls);
		assertThat(query("select count(*) from entry")).isEqualTo(calls);
		int attempts = this.counters.stream().mapToInt(Counter::attempts).sum();
		logger.info("%d writes of one row in %d attempts".formatted(calls, attempts));
		assertThat(attempts).as("conflicts").isGreaterThan(calls);
	}

	@Test
	void whenNodesInsertTheSameKeyThenOneHasItAndTheOthersAreToldSo() throws Exception {
		CyclicBarrier together = new CyclicBarrier(this.counters.size());
		List<Map<Integer, Integer>> claimed = run(1, (node) -> {
			Map<Integer, Integer> own = new HashMap<>();
			for (int key = 0; key < KEYS; key++) {
				together.await(30, TimeUnit.SECONDS);
				try {
					this.counters.get(node).claim(key, node);
					own.put(key, node);
				}
				catch (DuplicateKeyException ex) {
					// another has it
				}
			}
			return own;
		});
		Map<Integer, Integer> told = new HashMap<>();
		claimed.forEach((own) -> own
			.forEach((key, node) -> assertThat(told.put(key, node)).as("a second owner of %d", key).isNull()));
		Map<Integer, Integer> there = new HashMap<>();
		this.client.sql("select id, node from claim").query((row) -> {
			there.put(row.getInt(1), row.getInt(2));
		});
		assertThat(told).hasSize(KEYS).isEqualTo(there);
	}

	private long query(String sql) {
		return this.client.sql(sql).query(Long.class).single();
	}

	private <T> List<T> run(int threads, OnNode<T> work) throws ExecutionException, InterruptedException {
		ExecutorService executor = Executors.newCachedThreadPool();
		try {
			List<Future<T>> all = new ArrayList<>();
			for (int i = 0; i < this.counters.size() * threads; i++) {
				int node = i % this.counters.size();
				all.add(executor.submit(() -> work.on(node)));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> each : all) {
				results.add(each.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	/** Work on a node. */
	@FunctionalInterface
	private interface OnNode<T> {

		T on(int node) throws Exception;

	}

	/** Counts in one row. */
	static class Counter {

		private final JdbcClient client;

		private final AtomicInteger attempts = new AtomicInteger();

		Counter(JdbcClient client) {
			this.client = client;
		}

		public int attempts() {
			return this.attempts.get();
		}

		@DbRetry(maxRetries = 200, initialDelay = "5ms", maxDelay = "100ms", totalTimeout = "120s")
		@AutoTransaction
		public void add(int node) {
			this.attempts.incrementAndGet();
			this.client.sql("insert into entry (node) values (?)").param(node).update();
			this.client.sql("update counter set total = total + 1 where id = 1").update();
		}

		@DbRetry(maxRetries = 20, initialDelay = "5ms")
		@AutoTransaction
		public void claim(int key, int node) {
			this.client.sql("insert into claim (id, node) values (?, ?)").params(key, node).update();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Counter.class)
	static class Counting {

	}

}

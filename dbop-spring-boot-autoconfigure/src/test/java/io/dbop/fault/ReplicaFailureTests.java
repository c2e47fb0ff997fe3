package io.dbop.fault;

import java.sql.SQLException;
import java.util.List;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.replica.Replica;
import io.dbop.replica.Replicas;
import io.dbop.test.Applications;
import io.dbop.test.PostgresPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Applications with replicas whose servers are killed, hang, come back and take over. */
@Tag("fault")
class ReplicaFailureTests {

	private final PostgresPair pair;

	ReplicaFailureTests() throws SQLException {
		this.pair = PostgresPair.start();
		this.pair.commitAlone();
	}

	@AfterEach
	void close() {
		this.pair.close();
	}

	@Test
	@DisplayName("replica: no read fails while it is killed, hangs and comes back")
	void whenTheReplicaIsKilledOrHangsThenNoReadFails() {
		run(List.of("dbop.databases.main.url=" + this.pair.primaryUrl(),
				"dbop.databases.main.replicas=" + this.pair.replicaAuthority()), (ledger, replicas) -> {
					await().until(() -> replicas.get(0).available());
					ledger.make();
					awaitServer(ledger, "replica");
					this.pair.replica().kill();
					for (int i = 0; i < 20; i++) {
						assertThat(ledger.server()).isEqualTo("primary");
					}
					this.pair.replica().start();
					awaitServer(ledger, "replica");
					this.pair.replica().freeze();
					await().until(() -> !replicas.get(0).available());
					for (int i = 0; i < 20; i++) {
						assertThat(ledger.server()).isEqualTo("primary");
					}
					this.pair.replica().thaw();
					awaitServer(ledger, "replica");
				});
	}

	@Test
	@DisplayName("replica: while the primary is away reads go on")
	void whenThePrimaryIsKilledThenReadsGoOnAtTheReplica() {
		run(List.of("dbop.databases.main.url=" + this.pair.primaryUrl(), "dbop.databases.main.replica.max-lag=500ms",
				"dbop.databases.main.replicas=" + this.pair.replicaAuthority()), (ledger, replicas) -> {
					await().until(() -> replicas.get(0).available());
					this.pair.primary().kill();
					long end = System.nanoTime() + 1_500_000_000L;
					while (System.nanoTime() < end) {
						assertThat(ledger.server()).isEqualTo("replica");
					}
				});
	}

	@Test
	@DisplayName("replica: one that takes over is the primary, and the old primary serves as its replica")
	void whenTheReplicaTakesOverThenItIsThePrimaryAndTheOtherOneServesReads() {
		List<String> both = List.of("dbop.databases.main.url=" + this.pair.url(),
				"dbop.databases.main.replicas=" + this.pair.authorities());
		run(both, (ledger, replicas) -> {
			ledger.make();
			// It has what this thread has written then.
			awaitServer(ledger, "replica");
			this.pair.primary().kill();
			this.pair.promote();
			await().until(() -> replicas.stream().noneMatch(Replica::available));
			assertThat(ledger.server()).isEqualTo("primary");
			ledger.add();
			this.pair.attach();
			this.pair.commitAlone();
			awaitServer(ledger, "replica");
			assertThat(ledger.entries()).isOne();
			assertThat(replicas.stream().filter(Replica::available)).hasSize(1);
		});
	}

	private static void awaitServer(Ledger ledger, String server) {
		await().pollInSameThread().until(() -> ledger.server().equals(server));
	}

	private void run(List<String> properties, Run run) {
		Applications.jdbc()
			.withPropertyValues(properties.toArray(String[]::new))
			.withPropertyValues("dbop.databases.main.username=" + this.pair.username(),
					"dbop.databases.main.replica.check-interval=50ms", "dbop.databases.main.pool.max=4",
					"dbop.databases.main.pool.min=2")
			.withBean(Ledger.class)
			.run((context) -> run.with(context.getBean(Ledger.class), replicas(context)));
	}

	private static List<Replica> replicas(ApplicationContext context) {
		return context.getBean(Replicas.class).of("main");
	}

	private interface Run {

		void with(Ledger ledger, List<Replica> replicas) throws Exception;

	}

	static class Ledger {

		private final JdbcClient client;

		Ledger(JdbcClient client) {
			this.client = client;
		}

		@AutoTransaction
		void make() {
			this.client.sql("create table entry (id int)").update();
		}

		@AutoTransaction
		void add() {
			this.client.sql("insert into entry values (1)").update();
		}

		@DbRetry
		@AutoTransaction(readOnly = true)
		long entries() {
			return this.client.sql("select count(*) from entry").query(Long.class).single();
		}

		@DbRetry
		@AutoTransaction(readOnly = true)
		String server() {
			return this.client.sql("select case when pg_is_in_recovery() then 'replica' else 'primary' end")
				.query(String.class)
				.single();
		}

	}

}

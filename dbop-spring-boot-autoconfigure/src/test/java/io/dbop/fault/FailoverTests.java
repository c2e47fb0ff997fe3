package io.dbop.fault;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.execution.Scope;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import io.dbop.test.FaultForm;
import io.dbop.test.PostgresPair;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Applications whose {@code hosts} name a primary and its replica, when the replica takes
 * over.
 */
@Tag("fault")
class FailoverTests {

	private static final Log logger = LogFactory.getLog(FailoverTests.class);

	private static final int FAILOVERS = FaultForm.choose(1, 6);

	/** How long there is no primary: for a pool long enough to pause between attempts. */
	private static final Duration VACANCY = FaultForm.choose(Duration.ofSeconds(1), Duration.ofSeconds(10));

	private static final Duration BOUND = Duration.ofSeconds(2);

	private final PostgresPair pair;

	FailoverTests() throws SQLException {
		this.pair = PostgresPair.start();
	}

	@AfterEach
	void close() {
		this.pair.close();
	}

	@Test
	@DisplayName("failover: writes go on at the promoted replica, nothing acknowledged is lost, nothing is done twice")
	void whenTheReplicaIsPromotedThenWritesGoOnWithinTwoSeconds() throws Exception {
		try (Branch branch = open(Branch.Plain.class)) {
			for (int i = 1; i <= FAILOVERS; i++) {
				branch.awaitAcknowledged(100);
				Duration took = failOver(branch);
				logger.info("failover %d after %d s: first write %d ms after the promotion".formatted(i,
						VACANCY.toSeconds(), took.toMillis()));
				assertThat(took).as("from the promotion to the first write").isLessThan(BOUND);
				branch.awaitAcknowledged(100);
				this.pair.attach();
			}
			Books books = branch.audit();
			logger.info("failover: " + branch);
			books.agreeWith(branch.clients);
		}
	}

	private Duration failOver(Branch branch) throws Exception {
		this.pair.primary().kill();
		await().atMost(VACANCY.multipliedBy(2)).pollDelay(VACANCY).until(() -> true);
		return branch.silenceAfter(this.pair::promote);
	}

	private Branch open(Class<?> kind) {
		return new Branch(kind, this.pair.dataSource(), properties());
	}

	private List<String> properties() {
		return this.pair.alias("main");
	}

	@Test
	@DisplayName("failover: connections that are left at a demoted server are replaced, and no call fails")
	void whenTheOldPrimaryTakesNoWritesThenTheCallGoesToTheNewOne() throws Exception {
		Applications.jdbc()
			.withPropertyValues(properties().toArray(String[]::new))
			.withPropertyValues("dbop.databases.main.pool.min=10", "dbop.databases.main.pool.max=10")
			.withBean(Notes.class)
			.run((context) -> {
				Notes notes = context.getBean(Notes.class);
				notes.make();
				notes.add("before");
				ConnectionPool pool = context.getBean(PoolRegistry.class).get("main");
				await().until(() -> pool.status().idle() == 10);
				this.pair.demote();
				this.pair.promote();
				assertThat(notes.add("after")).isOne();
				assertThat(JdbcClient.create(this.pair.dataSource())
					.sql("select text from note order by text")
					.query(String.class)
					.list()).containsExactly("after", "before");
			});
	}

	@Test
	@DisplayName("failover: a write that was cancelled while it waited for the replica is in doubt, not acknowledged")
	void whenAWriteIsCancelledWhileItWaitsForTheReplicaThenItIsInDoubt() {
		Applications.jdbc()
			.withPropertyValues(properties().toArray(String[]::new))
			.withBean(Notes.class)
			.run((context) -> {
				Notes notes = context.getBean(Notes.class);
				notes.make();
				this.pair.replica().freeze();
				assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> notes.addHastily("x"));
				this.pair.replica().thaw();
			});
	}

	static class Notes {

		private final JdbcClient client;

		Notes(JdbcClient client) {
			this.client = client;
		}

		void make() {
			this.client.sql("create table note (text varchar(20))").update();
		}

		@DbRetry(scope = Scope.NONE, attemptTimeout = "500ms", maxRetries = 0)
		int addHastily(String text) {
			return this.client.sql("insert into note values (?)").param(text).update();
		}

		@DbRetry
		@AutoTransaction
		int add(String text) {
			return this.client.sql("insert into note values (?)").param(text).update();
		}

	}

}

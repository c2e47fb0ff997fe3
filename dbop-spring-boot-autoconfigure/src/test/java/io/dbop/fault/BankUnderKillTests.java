package io.dbop.fault;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

import io.dbop.actuate.DatabaseDescriptor;
import io.dbop.actuate.DatabaseDescriptor.OperationDescriptor;
import io.dbop.actuate.DatabaseDescriptor.RetriesDescriptor;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.database.Databases;
import io.dbop.circuit.CircuitOpenException;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachRestartableServer;
import io.dbop.test.RestartableServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A bank whose database server is killed again and again. */
@EachRestartableServer
class BankUnderKillTests {

	private static final int THREADS = 16;

	private static final int KILLS = 5;

	private static final int TRANSFERS_BETWEEN_KILLS = 200;

	private final RestartableServer server;

	private final DatabaseInstance database;

	private final ApplicationContextRunner application;

	BankUnderKillTests(RestartableServer server) throws SQLException {
		this.server = server;
		this.database = server.freshDatabase();
		Bank.open(JdbcClient.create(this.database.dataSource()));
		this.application = Applications.jdbc()
			.withPropertyValues(Applications.alias("main", this.database))
			.withBean(Bank.class);
	}

	@Test
	@DisplayName("bank: nothing acknowledged is lost, nothing is done twice, every doubt is reported")
	void whenTheServerIsKilledFiveTimesThenTheBooksAgreeWithWhatClientsWereTold() {
		this.application.run((context) -> {
			Clients clients = transferUnderKills(context);
			assertThat(clients.failed.values()).hasAtLeastOneElementOfType(CircuitOpenException.class);
			DatabaseDescriptor main = main(context);
			assertThat(main.operations().values()).singleElement()
				.extracting(OperationDescriptor::rejections)
				.as("refused calls")
				.isEqualTo(main.breakers().get(0).refusedCalls());
		});
	}

	@Test
	@DisplayName("bank: the same where no circuit breaker ends the retries")
	void whenThereIsNoBreakerThenTransfersSucceedInSpiteOfKills() {
		this.application.withPropertyValues("dbop.databases.main.circuit-breaker.enabled=false").run((context) -> {
			transferUnderKills(context);
			assertThat(retries(context).recovered()).as("transfers that succeeded in spite of a kill").isPositive();
		});
	}

	private Clients transferUnderKills(ApplicationContext context) throws InterruptedException {
		Clients clients = new Clients(THREADS, context.getBean(Bank.class)::transfer);
		try (clients) {
			for (int i = 0; i < KILLS; i++) {
				awaitProgress(clients);
				this.server.kill();
				this.server.start();
			}
			awaitProgress(clients);
		}
		Books.read(JdbcClient.create(this.database.dataSource())).agreeWith(clients);
		assertThat(retries(context).doubtfulCommits()).as("doubtful commits").isEqualTo(clients.doubtful.size());
		return clients;
	}

	private static void awaitProgress(Clients clients) {
		int before = clients.acknowledged.size();
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> clients.acknowledged.size() >= before + TRANSFERS_BETWEEN_KILLS);
	}

	private static RetriesDescriptor retries(ApplicationContext context) {
		return main(context).retries();
	}

	private static DatabaseDescriptor main(ApplicationContext context) {
		DbopEndpoint endpoint = new DbopEndpoint(context.getBean(EngineLookup.class),
				context.getBean(BreakerRegistry.class), context.getBean(Databases.class), null);
		return Objects.requireNonNull(endpoint.database("main"));
	}

}

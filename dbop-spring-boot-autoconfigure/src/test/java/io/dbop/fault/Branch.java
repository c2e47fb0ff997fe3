package io.dbop.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.dbop.actuate.DatabaseDescriptor;
import io.dbop.actuate.DatabaseDescriptor.RetriesDescriptor;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.database.Databases;
import io.dbop.replica.Replicas;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.resilience.annotation.EnableResilientMethods;

import static org.awaitility.Awaitility.await;

/**
 * An application that works on a bank, and its clients of 16 threads.
 */
final class Branch implements AutoCloseable {

	private static final int THREADS = 16;

	private final DataSource bank;

	private final ConfigurableApplicationContext application;

	final Clients clients;

	/**
	 * Open a bank and a branch of it.
	 * @param kind its configuration
	 * @param bank the bank as one who is not disturbed reaches it
	 * @param properties the properties of the application
	 */
	Branch(Class<?> kind, DataSource bank, List<String> properties) {
		this.bank = bank;
		Bank.open(JdbcClient.create(bank));
		this.application = Applications.start(kind, properties.toArray(String[]::new));
		this.clients = new Clients(THREADS, this.application.getBean(TransferService.class));
	}

	/**
	 * Open a bank and a branch of it.
	 * @param kind its configuration
	 * @param bank the bank as one who is not disturbed reaches it
	 * @param way the bank as the application reaches it
	 * @param properties more properties of the application
	 * @return the branch, whose clients are at work
	 */
	static Branch of(Class<?> kind, DatabaseInstance bank, DatabaseInstance way, String... properties) {
		return new Branch(kind, bank.dataSource(),
				Stream.of(Applications.alias("main", way), properties).flatMap(Arrays::stream).toList());
	}

	/**
	 * Wait until clients have been told of further transfers.
	 * @param transfers how many
	 */
	void awaitAcknowledged(int transfers) {
		int before = this.clients.acknowledged.size();
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.clients.acknowledged.size() >= before + transfers);
	}

	/**
	 * Measure how long there is nothing for clients after a server has become able to
	 * take their writes. Before that none of them may be told of a transfer.
	 * @param promotion returns as soon as a server is able to
	 * @return the time from then to the first transfer that a client is told of
	 * @throws Exception if the promotion fails
	 */
	Duration silenceAfter(Executable promotion) throws Exception {
		int before = this.clients.acknowledged.size();
		promotion.run();
		long promoted = System.nanoTime();
		await().atMost(Duration.ofSeconds(30))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> this.clients.acknowledged.size() > before);
		return Duration.ofNanos(System.nanoTime() - promoted);
	}

	/**
	 * Let the clients finish.
	 * @return the books afterwards
	 * @throws InterruptedException if this thread is interrupted
	 */
	Books audit() throws InterruptedException {
		this.clients.close();
		return books();
	}

	/** What the database holds now. */
	Books books() {
		return Books.read(JdbcClient.create(this.bank));
	}

	RetriesDescriptor retries() {
		return Objects.requireNonNull(figures().retries());
	}

	DatabaseDescriptor figures() {
		DbopEndpoint endpoint = new DbopEndpoint(this.application.getBean(EngineLookup.class),
				this.application.getBean(BreakerRegistry.class), this.application.getBean(Databases.class),
				this.application.getBean(Replicas.class), null);
		return Objects.requireNonNull(endpoint.database("main"));
	}

	@Override
	public String toString() {
		return "%s: %d acknowledged, %d in doubt, %d failed".formatted(
				this.application.getBean(TransferService.class).getClass().getSimpleName(),
				this.clients.acknowledged.size(), this.clients.doubtful.size(), this.clients.failed.size());
	}

	@Override
	public void close() throws InterruptedException {
		try (this.application) {
			this.clients.close();
		}
	}

	/** What happens to the servers. */
	@FunctionalInterface
	interface Executable {

		void run() throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Bank.class)
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(VerifyingBank.class)
	static class Verifying {

		@Bean
		VerifyingBank.LedgerVerifier ledgerVerifier(JdbcClient client) {
			return new VerifyingBank.LedgerVerifier(client);
		}

	}

	/** To be used with {@code dbop.enabled=false}: nothing of dbop is in the way. */
	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	@Import(NaiveBank.class)
	static class Naive {

	}

}

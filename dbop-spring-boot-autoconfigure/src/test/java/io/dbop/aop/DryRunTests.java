package io.dbop.aop;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.annotation.DbTimeout;
import io.dbop.execution.PreAttemptHook;
import io.dbop.test.Applications;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A hook that wants nothing to be kept, whoever has opened the transaction. */
class DryRunTests {

	private ConfigurableApplicationContext application;

	private Work work;

	@BeforeEach
	void start() {
		this.application = Applications.start(Beans.class, Applications.inMemory("main"));
		this.work = this.application.getBean(Work.class);
		client().sql("create table note (id int)").update();
	}

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void whenNothingIsToBeKeptThenTheTransactionIsRolledBackWhoeverOpenedIt() {
		this.work.ours();
		this.work.springs();
		this.work.nested();
		assertThat(notes()).isZero();
	}

	@Test
	void whenItIsNestedInTheCallersThenTheRestIsKept() {
		transaction().executeWithoutResult((status) -> {
			insert(client());
			this.work.ours();
			this.work.springs();
			this.work.nested();
		});
		assertThat(notes()).isOne();
	}

	@Test
	void whenItTakesPartInTheCallersThenAllIsRolledBack() {
		assertThatExceptionOfType(UnexpectedRollbackException.class)
			.isThrownBy(() -> transaction().executeWithoutResult((status) -> this.work.joining()));
		assertThat(notes()).isZero();
	}

	private int notes() {
		return client().sql("select count(*) from note").query(Integer.class).single();
	}

	private JdbcClient client() {
		return this.application.getBean(JdbcClient.class);
	}

	private TransactionTemplate transaction() {
		return this.application.getBean(TransactionTemplate.class);
	}

	private static void insert(JdbcClient client) {
		client.sql("insert into note values (1)").update();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Work.class)
	static class Beans {

		@Bean
		static PreAttemptHook dryRun() {
			return (attempt) -> attempt.setRollbackOnly();
		}

	}

	static class Work {

		private final JdbcClient client;

		Work(JdbcClient client) {
			this.client = client;
		}

		@DbRetry
		@AutoTransaction
		public void ours() {
			insert(this.client);
		}

		@DbRetry
		@Transactional
		public void springs() {
			insert(this.client);
		}

		@DbRetry
		@Transactional(propagation = Propagation.NESTED)
		public void nested() {
			insert(this.client);
		}

		@DbTimeout("10s")
		@Transactional
		public void joining() {
			insert(this.client);
		}

	}

}

package io.dbop.replica;

import java.sql.SQLException;

import io.dbop.annotation.AutoTransaction;
import io.dbop.autoconfigure.jpa.Account;
import io.dbop.autoconfigure.jpa.JpaApplication;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.PostgresPair;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Where JPA's transactions go. */
class JpaReplicaTests {

	@Test
	void readOnlyTransactionsOfJpaGoToTheReplicaAndOthersToThePrimary() throws SQLException {
		try (PostgresPair pair = PostgresPair.start()) {
			pair.commitAlone();
			application(pair, true).run((context) -> {
				Pair.awaitAvailable(context);
				Accounts accounts = context.getBean(Accounts.class);
				assertThat(accounts.open(1)).isEqualTo("primary");
				assertThat(accounts.cents(1)).isEqualTo(100);
				await().pollInSameThread().until(() -> accounts.springRead().equals("replica"));
				assertThat(accounts.dbopRead()).isEqualTo("replica");
				assertThat(accounts.cents(1)).isEqualTo(100);
				assertThat(accounts.open(2)).isEqualTo("primary");
			});
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("with a session for the whole request (open-in-view) writes go to the primary, whatever was read before")
	void whenASessionLastsForSeveralTransactionsThenEachGoesWhereItBelongs(boolean autoCommit) throws SQLException {
		try (PostgresPair pair = PostgresPair.start()) {
			pair.commitAlone();
			application(pair, autoCommit).run((context) -> {
				Pair.awaitAvailable(context);
				Accounts accounts = context.getBean(Accounts.class);
				await().pollInSameThread().until(() -> accounts.springRead().equals("replica"));
				EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
				EntityManager session = factory.createEntityManager();
				TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(session));
				try {
					assertThat(accounts.springRead()).isEqualTo("replica");
					assertThat(accounts.open(1)).isEqualTo("primary");
					assertThat(accounts.cents(1)).isEqualTo(100);
					assertThat(accounts.open(2)).isEqualTo("primary");
				}
				finally {
					TransactionSynchronizationManager.unbindResource(factory);
					session.close();
				}
				context.getBean(PoolRegistry.class)
					.all()
					.forEach((pool) -> assertThat(pool.status().active()).isZero());
			});
		}
	}

	private static ApplicationContextRunner application(PostgresPair pair, boolean autoCommit) {
		return Pair
			.application(pair, "spring.jpa.hibernate.ddl-auto=create",
					"dbop.databases.main.hikari.auto-commit=" + autoCommit)
			.withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
			.withUserConfiguration(Entities.class)
			.withBean(Accounts.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = JpaApplication.class)
	static class Entities {

	}

	static class Accounts {

		private final EntityManager entityManager;

		Accounts(EntityManager entityManager) {
			this.entityManager = entityManager;
		}

		@Transactional
		public String open(long id) {
			this.entityManager.persist(new Account(id, 100));
			this.entityManager.flush();
			return where();
		}

		@Transactional(readOnly = true)
		public long cents(long id) {
			return this.entityManager.find(Account.class, id).getCents();
		}

		@Transactional(readOnly = true)
		public String springRead() {
			return where();
		}

		@AutoTransaction(readOnly = true)
		public String dbopRead() {
			return where();
		}

		private String where() {
			return (String) this.entityManager.createNativeQuery(Notes.WHERE).getSingleResult();
		}

	}

}

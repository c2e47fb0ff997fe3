package io.dbop.replica;

import java.sql.SQLException;

import io.dbop.annotation.AutoTransaction;
import io.dbop.autoconfigure.jpa.Account;
import io.dbop.autoconfigure.jpa.JpaApplication;
import io.dbop.test.PostgresPair;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Where JPA's transactions go. */
class JpaReplicaTests {

	@Test
	void readOnlyTransactionsOfJpaGoToTheReplicaAndOthersToThePrimary() throws SQLException {
		try (PostgresPair pair = PostgresPair.start()) {
			pair.commitAlone();
			Pair.application(pair, "spring.jpa.hibernate.ddl-auto=create")
				.withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
				.withUserConfiguration(Entities.class)
				.withBean(Accounts.class)
				.run((context) -> {
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

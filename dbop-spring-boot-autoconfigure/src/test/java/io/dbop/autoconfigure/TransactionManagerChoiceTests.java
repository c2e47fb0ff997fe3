package io.dbop.autoconfigure;

import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.dbop.annotation.DbRetry;
import io.dbop.autoconfigure.jpa.Account;
import io.dbop.database.Database;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.hibernate.HibernateTransactionManager;
import org.springframework.orm.jpa.hibernate.LocalSessionFactoryBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Which of the transaction managers of an application is that of a database. */
class TransactionManagerChoiceTests {

	private final ApplicationContextRunner runner = Contexts.jdbc()
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:choice");

	private static PlatformTransactionManager chosen(ApplicationContext context) {
		return context.getBean(Database.class).transactionManager();
	}

	@Test
	@DisplayName("one that does not tell its DataSource is that of the database whose alias qualifies it")
	void whenAWrapperIsQualifiedByTheAliasThenItIsTaken() {
		this.runner.withUserConfiguration(Wrapped.class).withBean(Notes.class).run((context) -> {
			assertThat(chosen(context)).isInstanceOf(Wrapper.class);
			new JdbcTemplate(context.getBean(DataSource.class)).execute("create table note (id int)");
			Notes notes = context.getBean(Notes.class);
			notes.add();
			assertThat(notes.attempts()).isEqualTo(3);
			assertThat(notes.count()).isOne();
			assertThat(context.getBean(Wrapper.class).begun).hasValue(3);
		});
	}

	@Test
	@DisplayName("one that nobody has said to be of the database is left alone")
	void whenAManagerIsOfSomethingElseThenItIsNotTaken() {
		this.runner.withUserConfiguration(OfNothing.class)
			.run((context) -> assertThat(chosen(context)).isInstanceOf(JdbcTransactionManager.class));
	}

	@Test
	@DisplayName("one of another DataSource is not taken, whatever qualifies it")
	void whenAManagerTellsAnotherDataSourceThenItIsNotTaken() {
		this.runner.withUserConfiguration(OfOther.class).run((context) -> {
			assertThat(chosen(context)).isNotSameAs(context.getBean("other"));
			assertThat(((JdbcTransactionManager) chosen(context)).getDataSource())
				.isSameAs(context.getBean("dataSource"));
		});
	}

	@Test
	@DisplayName("of several of which none is primary the first is taken")
	void whenNoneOfSeveralIsPrimaryThenTheFirstIsTaken() {
		this.runner.withUserConfiguration(Two.class)
			.run((context) -> assertThat(chosen(context)).isSameAs(context.getBean("first")));
	}

	@Test
	@DisplayName("that of Hibernate without JPA is the manager of its DataSource, with fresh entities in each attempt")
	void whenHibernateIsUsedWithoutJpaThenItsManagerIsTaken() {
		this.runner.withUserConfiguration(Native.class).run((context) -> {
			assertThat(chosen(context)).isInstanceOf(HibernateTransactionManager.class);
			SessionFactory sessions = context.getBean(SessionFactory.class);
			Database db = context.getBean(Database.class);
			AtomicInteger attempts = new AtomicInteger();
			new TransactionTemplate(chosen(context))
				.executeWithoutResult((status) -> sessions.getCurrentSession().persist(new Account(1, 100)));
			db.execute((spec) -> spec.retryOn(ConcurrencyFailureException.class), () -> {
				sessions.getCurrentSession().find(Account.class, 1L).add(10);
				sessions.getCurrentSession().flush();
				assertThat(db.sql("SELECT cents FROM account").single(Long.class)).isEqualTo(110);
				if (attempts.incrementAndGet() < 3) {
					throw new ConcurrencyFailureException("again");
				}
			});
			assertThat(attempts).hasValue(3);
			assertThat(db.sql("SELECT cents FROM account").single(Long.class)).isEqualTo(110);
		});
	}

	/** Tells nobody whose transactions it begins. */
	static final class Wrapper implements PlatformTransactionManager {

		final AtomicInteger begun = new AtomicInteger();

		private final PlatformTransactionManager delegate;

		Wrapper(PlatformTransactionManager delegate) {
			this.delegate = delegate;
		}

		@Override
		public TransactionStatus getTransaction(TransactionDefinition definition) {
			TransactionStatus status = this.delegate.getTransaction(definition);
			if (status.isNewTransaction()) {
				this.begun.incrementAndGet();
			}
			return status;
		}

		@Override
		public void commit(TransactionStatus status) {
			this.delegate.commit(status);
		}

		@Override
		public void rollback(TransactionStatus status) {
			this.delegate.rollback(status);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Wrapped {

		@Bean
		@Qualifier("default")
		Wrapper transactionManager(DataSource dataSource) {
			return new Wrapper(new JdbcTransactionManager(dataSource));
		}

	}

	static class Notes {

		private final AtomicInteger attempts = new AtomicInteger();

		private final JdbcTemplate jdbc;

		Notes(DataSource dataSource) {
			this.jdbc = new JdbcTemplate(dataSource);
		}

		@DbRetry(retryOn = ConcurrencyFailureException.class)
		@Transactional
		public void add() {
			this.jdbc.update("insert into note values (1)");
			if (this.attempts.incrementAndGet() < 3) {
				throw new ConcurrencyFailureException("again");
			}
		}

		public int attempts() {
			return this.attempts.get();
		}

		public int count() {
			return this.jdbc.queryForObject("select count(*) from note", Integer.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfNothing {

		@Bean
		PlatformTransactionManager transactionManager() {
			return new AbstractPlatformTransactionManager() {

				@Override
				protected Object doGetTransaction() {
					return new Object();
				}

				@Override
				protected void doBegin(Object transaction, TransactionDefinition definition) {
				}

				@Override
				protected void doCommit(DefaultTransactionStatus status) {
				}

				@Override
				protected void doRollback(DefaultTransactionStatus status) {
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfOther {

		@Bean
		@Qualifier("default")
		JdbcTransactionManager other() {
			return new JdbcTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:other"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		@Bean
		DataSourceTransactionManager first(DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

		@Bean
		DataSourceTransactionManager second(DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Native {

		@Bean
		SessionFactory sessionFactory(DataSource dataSource) {
			return new LocalSessionFactoryBuilder(dataSource).addAnnotatedClasses(Account.class)
				.setProperty("hibernate.hbm2ddl.auto", "create")
				.buildSessionFactory();
		}

		@Bean
		HibernateTransactionManager transactionManager(SessionFactory sessions) {
			return new HibernateTransactionManager(sessions);
		}

	}

}

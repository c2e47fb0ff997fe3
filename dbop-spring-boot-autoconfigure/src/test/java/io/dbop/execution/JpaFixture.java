package io.dbop.execution;

import java.util.function.Consumer;

import io.dbop.test.DatabaseInstance;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;

import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An engine whose transactions are JPA's. */
final class JpaFixture implements AutoCloseable {

	final EngineFixture jdbc;

	final JpaTransactionManager transactionManager;

	final EntityManager entities;

	final DatabaseEngine engine;

	private final LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();

	JpaFixture(DatabaseInstance database) {
		this.jdbc = EngineFixture.inRealTime(database);
		this.factory.setDataSource(this.jdbc.pool.dataSource());
		this.factory.setPersistenceUnitName("main");
		this.factory.setManagedTypes(PersistenceManagedTypes.of(ItemEntity.class.getName()));
		this.factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
		this.factory.afterPropertiesSet();
		EntityManagerFactory managers = this.factory.getObject();
		this.transactionManager = new JpaTransactionManager(managers);
		this.entities = SharedEntityManagerCreator.createSharedEntityManager(managers);
		this.engine = new DatabaseEngine(this.jdbc.pool, () -> this.transactionManager, EngineFixture.QUICK,
				this.jdbc.breakers, DatabaseEngine.Extensions.none());
	}

	void perform(Consumer<ExecutionSpec<Object>> spec, EngineFixture.Action action) throws Throwable {
		EngineFixture.perform(this.engine, spec, action);
	}

	void inOuter(EngineFixture.Action action) throws Throwable {
		EngineFixture.inTransaction(new TransactionTemplate(this.transactionManager), action);
	}

	/** As a request with {@code spring.jpa.open-in-view}. */
	void inView(EngineFixture.Action action) throws Throwable {
		EntityManagerFactory managers = this.transactionManager.getEntityManagerFactory();
		try (EntityManager manager = managers.createEntityManager()) {
			TransactionSynchronizationManager.bindResource(managers, new EntityManagerHolder(manager));
			action.run();
		}
		finally {
			TransactionSynchronizationManager.unbindResourceIfPossible(managers);
		}
	}

	@Override
	public void close() {
		this.factory.destroy();
		this.jdbc.close();
	}

}

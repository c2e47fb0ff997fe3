package io.dbop.execution;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessException;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Attempts that share the persistence context of a request. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
class OpenInViewTests {

	private final DatabaseInstance database;

	private final JpaFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	private Warnings warnings;

	private HeldLock lock;

	OpenInViewTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = new JpaFixture(database);
		this.items = new Items(database, this.fixture.jdbc.jdbc).with(1, 2);
	}

	@BeforeEach
	void watch() {
		this.warnings = Warnings.watch();
	}

	@AfterEach
	void close() {
		this.warnings.close();
		this.fixture.close();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenAnEntityWasLoadedBeforeTheCallThenItsFailureIsThrownAndNothingIsLostSilently() throws Throwable {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		this.fixture.inView(() -> {
			ItemEntity item = this.fixture.entities.find(ItemEntity.class, 1);
			assertRefused(() -> this.fixture.perform((spec) -> spec.named("step").managedBy(attribute),
					ManagedWork.advised(this.fixture.transactionManager, attribute, () -> change(item))));
		});
	}

	@OnOneNode(OnOneNode.LOCKS)
	@ParameterizedTest
	@ValueSource(strings = { "TRANSACTION", "AUTO" })
	void whenTheTransactionIsOursThenItIsNotRepeatedEither(Scope scope) throws Throwable {
		this.fixture.inView(() -> {
			ItemEntity item = this.fixture.entities.find(ItemEntity.class, 1);
			assertRefused(() -> this.fixture.perform((spec) -> spec.named("step").scope(scope).idempotent(),
					() -> change(item)));
		});
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenATransactionInsideTheCallFailsThenItIsNotRepeatedEither() throws Throwable {
		this.fixture.inView(() -> {
			ItemEntity item = this.fixture.entities.find(ItemEntity.class, 1);
			assertRefused(() -> this.fixture.perform((spec) -> spec.named("step").scope(Scope.NONE),
					() -> this.fixture.inOuter(() -> change(item))));
		});
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenNothingWasLoadedBeforeThenItIsRepeated() throws Throwable {
		this.fixture.inView(() -> {
			try (HeldLock lock = HeldLock.on(this.database, 2)) {
				this.fixture.perform((spec) -> spec.named("step"), () -> {
					this.fixture.entities.find(ItemEntity.class, 1).add(1);
					failOnce(lock);
				});
			}
		});
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.amount(1)).isOne();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenTheAttemptsHaveAContextOfTheirOwnThenTheyAreRepeated() throws Throwable {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute(
				TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.fixture.inView(() -> this.fixture.inOuter(() -> {
			ItemEntity before = this.fixture.entities.find(ItemEntity.class, 1);
			try (HeldLock lock = HeldLock.on(this.database, 2)) {
				this.fixture.perform((spec) -> spec.managedBy(attribute),
						ManagedWork.advised(this.fixture.transactionManager, attribute, () -> {
							assertThat(this.fixture.entities.contains(before)).isFalse();
							failOnce(lock);
						}));
			}
		}));
		assertThat(this.attempts).hasValue(2);
	}

	@Test
	void whenTheTransactionCouldNotBeginThenItIsRepeatedWithWhatWasLoaded() throws Throwable {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		this.fixture.transactionManager.setJpaDialect(new Unconnected());
		this.fixture.inView(() -> {
			ItemEntity item = this.fixture.entities.find(ItemEntity.class, 1);
			this.fixture.perform((spec) -> spec.managedBy(attribute),
					ManagedWork.advised(this.fixture.transactionManager, attribute, () -> item.add(1)));
		});
		assertThat(this.items.amount(1)).isOne();
	}

	@Test
	void whenATransactionInsideCouldNotBeginThenItIsNotRepeated() throws Throwable {
		this.fixture.inView(() -> {
			ItemEntity item = this.fixture.entities.find(ItemEntity.class, 1);
			assertThat(catchThrowable(() -> this.fixture.perform((spec) -> spec.named("step"), () -> {
				item.add(1);
				this.attempts.incrementAndGet();
				throw new CannotCreateTransactionException("inside", new SQLException("no", "08001"));
			}))).isInstanceOf(CannotCreateTransactionException.class);
		});
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void whenTheProviderDoesNotTellWhatIsLoadedThenThatIsUnknown() {
		EntityManager manager = (EntityManager) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { EntityManager.class }, (proxy, method, arguments) -> {
					throw new PersistenceException("not Hibernate");
				});
		assertThat(LoadedEntities.countIn(new EntityManagerHolder(manager))).isEqualTo(LoadedEntities.UNKNOWN);
	}

	private void assertRefused(EngineFixture.Action call) throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 2)) {
			this.lock = lock;
			Throwable thrown = catchThrowable(call::run);
			assertThat(thrown).isInstanceOf(DataAccessException.class);
			assertThat(thrown.getSuppressed()).singleElement()
				.asString()
				.contains("'step'", "'main'", "spring.jpa.open-in-view=false");
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.amount(1)).isZero();
		assertThat(this.warnings.messages()).singleElement().asString().contains("persistence context");
	}

	private void change(ItemEntity item) throws Exception {
		item.add(1);
		failOnce(this.lock);
	}

	private void failOnce(HeldLock lock) throws Exception {
		if (this.attempts.incrementAndGet() == 2) {
			lock.close();
		}
		this.items.lockNow(2);
	}

	/** Does not get its first connection. */
	@SuppressWarnings("serial")
	private static final class Unconnected extends HibernateJpaDialect {

		private boolean failed;

		@Override
		public Object beginTransaction(EntityManager manager, TransactionDefinition definition) throws SQLException {
			if (!this.failed) {
				this.failed = true;
				throw new SQLException("unable to connect", "08001");
			}
			return super.beginTransaction(manager, definition);
		}

	}

}

package io.dbop.execution;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The scope is there for whatever is called, or the call is refused. */
@EachDatabase(also = TestDatabase.HSQLDB)
class CallableKindsTests {

	private final EngineFixture fixture;

	private final Items items;

	CallableKindsTests(DatabaseInstance database) {
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("R7: a lambda, a method reference and an object all run in the transaction")
	void whenCalledInAnyFormThenTheScopeIsThere() throws Throwable {
		assertThat(this.fixture.<Boolean>run((spec) -> spec.named("lambda"), () -> insertInTransaction())).isTrue();
		assertThat(this.fixture.<Boolean>run((spec) -> spec.named("reference"), this::insertInTransaction)).isTrue();
		Callable<Boolean> object = new Callable<>() {

			@Override
			public Boolean call() {
				return insertInTransaction();
			}

		};
		assertThat(this.fixture.<Boolean>run((spec) -> spec.named("object"), object::call)).isTrue();
		assertThat(this.items.notes()).hasSize(3);
	}

	@Test
	@DisplayName("R7: what would go on outside of the scope is refused and undone")
	void whenTheResultIsStillToComeThenTheCallIsRefused() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.fixture.<Object>run((spec) -> spec.named("later"), () -> {
				insertInTransaction();
				return CompletableFuture.completedFuture("later");
			}))
			.withMessageContaining("'later' on database 'main' returned a CompletableFuture");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.fixture.<Object>run((spec) -> spec.named("lazy"), () -> {
				insertInTransaction();
				return Stream.of("lazy");
			}));
		assertThat(this.items.notes()).isEmpty();
	}

	private boolean insertInTransaction() {
		this.items.note("in " + TransactionSynchronizationManager.getCurrentTransactionName());
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

}

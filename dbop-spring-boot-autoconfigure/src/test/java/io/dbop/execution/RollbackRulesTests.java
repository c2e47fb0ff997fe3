package io.dbop.execution;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.NoRollbackRuleAttribute;
import org.springframework.transaction.interceptor.RollbackRuleAttribute;
import org.springframework.transaction.interceptor.RuleBasedTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Which exceptions leave the work of an attempt in place. */
@EachDatabase(also = TestDatabase.HSQLDB)
class RollbackRulesTests {

	private final TestDatabase kind;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	private final RuleBasedTransactionAttribute attribute = new RuleBasedTransactionAttribute();

	RollbackRulesTests(DatabaseInstance database) {
		this.kind = database.database();
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenTheExceptionIsCheckedThenTheWorkIsKept() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> managed(new IOException("business")));
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	void whenTheExceptionIsCheckedThenTheWorkInAnOuterTransactionIsKept() throws Throwable {
		this.fixture.inOuter(() -> assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> managed(new IOException("business"))));
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	void whenTheRuleSaysRollbackThenTheWorkIsUndone() {
		this.attribute.getRollbackRules().add(new RollbackRuleAttribute(IOException.class));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> managed(new IOException("business")));
		assertThat(this.items.notes()).isEmpty();
	}

	@Test
	void whenTheRuleSaysRollbackThenTheWorkInAnOuterTransactionIsUndoneAndTheRestIsNot() throws Throwable {
		this.attribute.getRollbackRules().add(new RollbackRuleAttribute(IOException.class));
		this.fixture.inOuter(() -> {
			this.items.note("outer");
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> managed(new IOException("business")));
		});
		assertThat(this.items.notes()).containsExactly("outer");
	}

	@Test
	void whenTheRuleSaysNoRollbackThenTheWorkIsKept() {
		this.attribute.getRollbackRules().add(new NoRollbackRuleAttribute(IllegalStateException.class));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> managed(new IllegalStateException("business")));
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	void whenTheRuleSaysNoRollbackThenTheWorkInAnOuterTransactionIsKept() throws Throwable {
		this.attribute.getRollbackRules().add(new NoRollbackRuleAttribute(IllegalStateException.class));
		this.fixture.inOuter(() -> assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> managed(new IllegalStateException("business"))));
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	@SuppressWarnings("unchecked")
	void whenAnExceptionThatIsRetriedKeptTheWorkThenItIsNotDoneAgain() throws Throwable {
		Consumer<ExecutionSpec<Object>> retried = (spec) -> spec.retryOn(IOException.class);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> managed(retried, new IOException("once")));
		this.fixture.inOuter(() -> assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> managed(retried, new IOException("once"))));
		assertThatExceptionOfType(IOException.class).isThrownBy(
				() -> own(retried.andThen((spec) -> spec.noRollbackFor(IOException.class)), new IOException("once")));
		assertThat(this.attempts).hasValue(3);
		assertThat(this.items.notes()).hasSize(3);
	}

	/** What is refused at the commit as serialization failures are, once. */
	@Test
	@SuppressWarnings("unchecked")
	void whenTheCommitInSpiteOfTheFailureIsRefusedThenItIsDoneAgain() {
		assumeThat(this.kind).isEqualTo(TestDatabase.POSTGRESQL);
		this.fixture.jdbc.execute("create sequence refusals");
		this.fixture.jdbc.execute("create function refuse() returns trigger language plpgsql as $$ begin "
				+ "if nextval('refusals') = 1 then raise exception 'once' using errcode = '40001'; end if; return null; end $$");
		this.fixture.jdbc.execute("create constraint trigger refusing after insert on note "
				+ "deferrable initially deferred for each row execute function refuse()");
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> own((spec) -> spec.noRollbackFor(IOException.class), new IOException("business")));
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	@SuppressWarnings("unchecked")
	void whenANestedTransactionKeptTheWorkThenItIsNotDoneAgain() throws Throwable {
		this.attribute.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		this.fixture.inOuter(() -> assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> managed((spec) -> spec.retryOn(IOException.class), new IOException("once"))));
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	@SuppressWarnings("unchecked")
	void whenTheTransactionIsOursThenOnlyListedExceptionsKeepTheWork() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> own((spec) -> spec.named("undone"), new IOException("business")));
		assertThat(this.items.notes()).isEmpty();
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> own((spec) -> spec.noRollbackFor(IOException.class), new IOException("business")));
		assertThat(this.items.notes()).hasSize(1);
	}

	private void managed(Exception failure) throws Throwable {
		managed((spec) -> {
		}, failure);
	}

	private void managed(Consumer<ExecutionSpec<Object>> settings, Exception failure) throws Throwable {
		EngineFixture.Action method = ManagedWork.advised(this.fixture.transactionManager, this.attribute,
				() -> work(failure));
		this.fixture.perform((spec) -> settings.accept(spec.managedBy(this.attribute)), method);
	}

	private void own(Consumer<ExecutionSpec<Object>> settings, Exception failure) throws Throwable {
		this.fixture.perform(settings::accept, () -> work(failure));
	}

	private void work(Exception failure) throws Exception {
		this.items.note("attempt " + this.attempts.incrementAndGet());
		throw failure;
	}

}

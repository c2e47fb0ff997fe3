package io.dbop.observation;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.micrometer.observation.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Drivers quote the values that violate a constraint; observations do not. */
@EachDatabase
class SecretsTests {

	private static final String SECRET = "ann.secret@example.org";

	private final ObservedDatabase database;

	SecretsTests(DatabaseInstance instance) {
		this.database = new ObservedDatabase(instance);
	}

	@BeforeEach
	void create() {
		this.database.jdbc.execute("create table person (email varchar(40) primary key)");
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void whenADriverQuotesAValueThenNothingThatIsObservedHasIt() {
		this.database.handle.sql("insert into person (email) values (?)").params(SECRET).update();
		Throwable thrown = catchThrowable(
				() -> this.database.handle.sql("insert into person (email) values ('" + SECRET + "')").update());
		assertThat(thrown).isNotNull();
		assertThat(Observed.endings(this.database.registry, "dbop.attempt")).hasSize(2)
			.last()
			.asString()
			.startsWith("failure constraint ");
		assertThat(Observed.contexts(this.database.registry)).hasSize(4).allSatisfy(SecretsTests::isFreeOfSecrets);
	}

	private static void isFreeOfSecrets(Observation.Context context) {
		assertThat(context.toString()).doesNotContain(SECRET);
		assertThat(context.getAllKeyValues()).noneMatch((each) -> each.getValue().contains(SECRET));
		if (context.getError() != null) {
			assertThat(context.getError()).hasMessageNotContaining(SECRET).hasNoCause().hasNoSuppressedExceptions();
			assertThat(context.getError().getStackTrace()).isEmpty();
		}
	}

}

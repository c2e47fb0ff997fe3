package io.dbop.observation;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import io.micrometer.observation.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** All ways to the database are observed, on whichever thread. */
class CarriedTests {

	private DatabaseInstance instance;

	private ObservedDatabase database;

	@BeforeEach
	void open() throws Exception {
		this.instance = TestDatabase.H2.freshDatabase();
		this.database = new ObservedDatabase(this.instance);
	}

	@AfterEach
	void close() throws Exception {
		this.database.close();
		this.instance.close();
	}

	@Test
	void whenWorkIsAsynchronousThenItsParentIsTheCallersObservation() {
		CompletableFuture<?>[] future = new CompletableFuture<?>[1];
		request(() -> future[0] = this.database.handle.async().sql("select ?").params(1).list(Integer.class));
		future[0].join();
		assertThat(Observed.names(this.database.registry)).containsExactly("request", "sql.query < request",
				"attempt < sql.query < request");
	}

	@Test
	void whenNothingIsObservedAroundThenAsynchronousWorkHasNoParent() {
		this.database.handle.async().execute((spec) -> spec.named("f"), () -> 1).join();
		assertThat(Observed.names(this.database.registry)).containsExactly("f", "attempt < f");
	}

	@Test
	void whenRowsAreStreamedThenTheOperationIsThatOfOpeningThem() {
		try (var rows = this.database.handle.sql("select 1").stream(Integer.class)) {
			assertThat(this.database.registry.getCurrentObservation()).isNull();
			assertThat(rows).containsExactly(1);
		}
		assertThat(Observed.endings(this.database.registry, "dbop.operation")).containsExactly("success none none");
	}

	@Test
	void whenATransactionRunsStatementsThenTheyAreItsChildren() {
		this.database.handle.inTransaction((transaction) -> {
			transaction.sql("select 1").list(Integer.class);
		});
		assertThat(Observed.names(this.database.registry)).containsExactly("transaction", "attempt < transaction",
				"sql.query < attempt < transaction", "attempt < sql.query < attempt < transaction");
	}

	@Test
	void whenEntitiesAreSavedAndReadThenThatIsObserved() {
		String id = this.database.handle.entities().save("person", Map.of("name", "Ann")).id();
		this.database.handle.entities().get("person", id);
		assertThat(Observed.values(this.database.registry, "operation")).contains("person.save", "person.get");
		assertThat(Observed.values(this.database.registry, "outcome")).containsOnly("success");
	}

	private void request(Runnable work) {
		Observation.createNotStarted("request", this.database.registry).contextualName("request").observe(work);
	}

}

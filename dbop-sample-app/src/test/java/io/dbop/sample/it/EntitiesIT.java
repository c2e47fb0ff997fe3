package io.dbop.sample.it;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Customers and attributes of products over HTTP, with their histories.
 */
@EachDatabase(except = TestDatabase.H2)
class EntitiesIT {

	private final SampleClient sample;

	EntitiesIT(TestDatabase database) {
		this.sample = SampleOnDatabase.of(database).client();
	}

	@Test
	void whenACustomerIsChangedThenItsHistoryTellsWhatByWhomAndWhy() {
		String name = "Zoë " + UUID.randomUUID();
		Answer added = this.sample.by("ann")
			.post("/customers", Map.of("name", name, "preferences", Map.of("theme", "dark", "sizes", List.of(1, 2))));
		assertThat(added.status()).isEqualTo(201);
		String path = added.header("Location");
		assertThat(this.sample.get(path).body()).isEqualTo(added.body());
		Answer changed = this.sample.by("bob")
			.put(path + "?why=married", Map.of("name", name, "email", "zoe@example.org"));
		assertThat(changed.text("since")).isEqualTo(added.text("since"));
		assertThat(changed.body().path("preferences").isNull()).isTrue();
		assertThat(this.sample.delete(path).status()).isEqualTo(204);
		assertThat(this.sample.get(path).status()).isEqualTo(404);
		assertThat(this.sample.delete(path).status()).isEqualTo(404);
		assertThat(this.sample.post(path + "/restore").status()).isEqualTo(200);
		assertThat(this.sample.get("/customers?name=" + name.replace(" ", "%20").replace("ë", "%C3%AB")).body())
			.hasSize(1);
		JsonNode history = this.sample.get(path + "/history").body();
		assertThat(history.valueStream().map((each) -> each.path("change").asString())).containsExactly("RESTORE",
				"DELETE", "UPDATE", "CREATE");
		assertThat(history.valueStream().map((each) -> each.path("by").asString(""))).containsExactly("", "", "bob",
				"ann");
		assertThat(history.path(2).path("comment").asString()).isEqualTo("married");
		assertThat(history.path(3).path("state").path("preferences").path("theme").asString()).isEqualTo("dark");
	}

	@Test
	void whenAttributesAreAddedThenTheRestStaysAndAVersionCanBeRestored() {
		String path = "/products/" + UUID.randomUUID() + "/attributes";
		assertThat(this.sample.get(path).status()).isEqualTo(404);
		this.sample.patch(path, Map.of("colour", "green", "weight", 100));
		Answer added = this.sample.patch(path, Map.of("weight", 120.5, "tags", List.of("new", 7)));
		assertThat(added.status()).isEqualTo(200);
		assertThat(added.text("colour")).isEqualTo("green");
		assertThat(added.body().path("weight").asDouble()).isEqualTo(120.5);
		assertThat(this.sample.post(path + "/history/1/restore").body().path("weight").asDouble()).isEqualTo(100);
		JsonNode history = this.sample.get(path + "/history").body();
		assertThat(history.valueStream().map((each) -> each.path("version").asLong())).containsExactly(3L, 2L, 1L);
		assertThat(history.path(0).path("state").path("tags").isNull()).isTrue();
		assertThat(this.sample.patch(path, Map.of("weight", "heavy")).status()).isEqualTo(422);
		assertThat(this.sample.patch(path, Map.of("x\"; DROP TABLE account; --", 1)).status()).isEqualTo(422);
		assertThat(this.sample.post(path + "/history/9/restore").status()).isEqualTo(404);
	}

}

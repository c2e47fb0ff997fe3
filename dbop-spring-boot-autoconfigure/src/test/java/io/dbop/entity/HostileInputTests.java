package io.dbop.entity;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.FaultForm;
import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Texts, names, documents and numbers of fields that come from outside: each is kept as
 * it is, or refused before anything is sent.
 */
@Tag("fault")
@EachDatabase
class HostileInputTests {

	private static final int MOST_FIELDS = 20;

	private static final List<String> NAUGHTY = HostileStrings.naughty();

	private final DatabaseInstance instance;

	private final EntityFixture fixture;

	private final EntityOperations entities;

	HostileInputTests(DatabaseInstance instance) {
		this.instance = instance;
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.entities();
	}

	@BeforeEach
	void bystander() {
		this.entities.save("bystanders", "b", Map.of("name", "unharmed"));
	}

	@AfterEach
	void close() {
		assertThat(this.entities.get("bystanders", "b").orElseThrow().fields()).isEqualTo(Map.of("name", "unharmed"));
		assertThat(this.entities.count("bystanders")).isOne();
		this.fixture.close();
	}

	@Test
	@DisplayName("S5 each of the naughty strings is a value, alone and in a document, and a reason")
	void whenAValueIsNaughtyThenItIsKept() {
		List<Map<String, Object>> rows = IntStream.range(0, NAUGHTY.size())
			.<Map<String, Object>>mapToObj((i) -> Map.of("id", "n" + i, "text", NAUGHTY.get(i), "list",
					List.of(NAUGHTY.get(i)), "map", Map.of("k" + NAUGHTY.get(i), NAUGHTY.get(i))))
			.toList();
		this.entities.saveAll("texts", rows);
		List<EntityRecord> found = this.entities.find("texts", EntityQuery.all());
		assertThat(found).hasSameSizeAs(rows).allSatisfy((record) -> {
			Map<String, Object> fields = new HashMap<>(rows.get(Integer.parseInt(record.id().substring(1))));
			fields.remove("id");
			assertThat(record.fields()).isEqualTo(fields);
		});
		for (String text : sample(NAUGHTY)) {
			this.entities.save("texts", "n0", Map.of("text", text), ChangeOptions.defaults().comment(text));
			assertThat(this.entities.history("texts", "n0").get(0).comment()).isEqualTo(text);
		}
	}

	@Test
	@DisplayName("S5 each of the naughty strings is a parameter and a tag")
	void whenAParameterAndATagAreNaughtyThenTheStatementIsTheSame() {
		this.entities.saveAll("texts", List.of(Map.of("id", "1", "text", "x")));
		for (String text : sample(NAUGHTY)) {
			assertThat(this.fixture.db.sql("SELECT count(*) FROM [texts] WHERE [id] = ? OR [text] = ?")
				.params("1", text)
				.tag("user", text)
				.single(Long.class)).as(text).isOne();
		}
	}

	@Test
	@DisplayName("S5 each of the naughty strings is an id, or refused")
	void whenAnIdIsNaughtyThenItIsKeptOrRefused() {
		Set<String> kept = new TreeSet<>();
		for (String id : sample(NAUGHTY)) {
			try {
				this.entities.save("things", id, Map.of("own", id));
				kept.add(id);
			}
			catch (InvalidEntityException ex) {
				assertThat(id).as(ex.getMessage())
					.satisfiesAnyOf((it) -> assertThat(it).isBlank(), (it) -> assertThat(it).hasSizeGreaterThan(255),
							(it) -> assertThat(it).contains("\u0000"));
			}
		}
		assertThat(kept).hasSizeGreaterThan(sample(NAUGHTY).size() * 4 / 5);
		for (String id : kept) {
			if (!id.isBlank()) {
				assertThat(this.entities.get("things", id).orElseThrow().get("own")).isEqualTo(id);
			}
		}
	}

	@Test
	@DisplayName("S5 each of the naughty strings is the name of a field and of an entity, or refused before any SQL")
	void whenANameIsNaughtyThenItIsKeptOrRefused() {
		int kept = 0;
		int entities = 0;
		for (String name : sample(NAUGHTY)) {
			if (refused("fields", name)) {
				continue;
			}
			kept++;
			assertThat(this.entities.get("fields", "1").orElseThrow().get(name)).as(name).isEqualTo(this.accepted);
			if (kept % FaultForm.choose(5, 1) == 0 && !refused(name, "x")) {
				assertThat(this.entities.get(name, "1").map((row) -> row.get("x"))).as(name).contains(this.accepted);
				entities++;
			}
		}
		assertThat(kept).isBetween(5, sample(NAUGHTY).size() / 2);
		assertThat(entities).isPositive();
	}

	private int accepted;

	private boolean refused(String entity, String name) {
		try {
			this.entities.save(entity, "1", Map.of(name, this.accepted + 1));
			this.accepted++;
			return false;
		}
		catch (InvalidEntityException ex) {
			assertThat(ex.getMessage()).containsAnyOf("Nothing was sent", "is the same as");
			return true;
		}
	}

	@Test
	@DisplayName("each valid document of the JSON test suite is kept, or refused before any SQL; the text of each is kept")
	void whenADocumentIsStrangeThenItIsKeptOrRefused() {
		JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
		List<String> refused = new ArrayList<>();
		Map<String, String> documents = HostileStrings.jsonDocuments();
		sample(List.copyOf(documents.keySet())).forEach((name) -> {
			String text = documents.get(name);
			this.entities.save("documents", name, Map.of("text", text.replace("\u0000", "")));
			assertThat(this.entities.get("documents", name).orElseThrow().get("text"))
				.isEqualTo(text.replace("\u0000", ""));
			Object document = parse(mapper, text);
			if (document == null) {
				return;
			}
			List<Object> wrapped = List.of(document);
			try {
				this.entities.save("documents", name, Map.of("json", wrapped));
				assertThat(this.entities.get("documents", name).orElseThrow().get("json")).as(name).isEqualTo(wrapped);
			}
			catch (InvalidEntityException ex) {
				refused.add(name);
				assertThat(ex).hasMessageContainingAll("'json'", "Nothing was saved");
			}
		});
		assertThat(refused).isSubsetOf("i_structure_500_nested_arrays.json");
	}

	private static @Nullable Object parse(JsonMapper mapper, String text) {
		try {
			return mapper.readValue(text.getBytes(StandardCharsets.ISO_8859_1), Object.class);
		}
		catch (JacksonException | NumberFormatException ex) {
			return null;
		}
	}

	@Test
	void whenADocumentHasNoEndThenItIsRefused() {
		List<Object> deep = new ArrayList<>();
		List<Object> inner = deep;
		for (int i = 0; i < 100_000; i++) {
			List<Object> next = new ArrayList<>();
			inner.add(next);
			inner = next;
		}
		Map<String, Object> itself = new HashMap<>();
		itself.put("self", itself);
		for (Object document : List.of(deep, itself)) {
			assertThatExceptionOfType(InvalidEntityException.class)
				.isThrownBy(() -> this.entities.save("documents", "d", Map.of("json", document)))
				.withMessageContainingAll("'json'", "'documents'", "'main'", "Nothing was saved");
		}
	}

	@Test
	@DisplayName("a flood of new fields hits the limit, not the database")
	void whenFieldsFloodInThenTheyStopAtTheLimit() throws InterruptedException {
		EntitySettings settings = new EntitySettings(EntityMode.EVOLVE, Map.of(), TypeConflict.REFUSE, MOST_FIELDS,
				EntitySettings.defaults().schemaLockTimeout());
		try (EntityFixture limited = new EntityFixture(this.instance, settings)) {
			EntityOperations flooded = limited.entities();
			Map<String, Integer> many = new HashMap<>();
			IntStream.range(0, 10_000).forEach((i) -> many.put("many" + i, i));
			assertThatExceptionOfType(InvalidEntityException.class).isThrownBy(() -> flooded.save("flooded", "1", many))
				.withMessageContaining(Integer.toString(MOST_FIELDS));
			assertThat(flooded.known()).doesNotContainKey("flooded");
			Queue<Throwable> failures = flood(flooded, (this.instance.database() == TestDatabase.H2) ? 1 : 8);
			assertThat(failures).hasSizeGreaterThan(20)
				.allSatisfy((failure) -> assertThat(failure).hasMessageContainingAll("flooded",
						Integer.toString(MOST_FIELDS)));
			assertThat(flooded.known().get("flooded")).hasSizeLessThanOrEqualTo(MOST_FIELDS);
			flooded.save("flooded", "after", Map.of("first", 2));
			assertThat(flooded.get("flooded", "after").orElseThrow().get("first")).isEqualTo(2);
		}
	}

	/**
	 * H2 fails with an error of its own where rows are written while a column is added.
	 */
	private static Queue<Throwable> flood(EntityOperations flooded, int crowd) throws InterruptedException {
		Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
		flooded.save("flooded", "0", Map.of("first", 1));
		ExecutorService threads = Executors.newFixedThreadPool(crowd);
		for (int i = 0; i < FaultForm.choose(60, 300); i++) {
			String field = String.format(Locale.ROOT, "field%03d", i);
			threads.execute(() -> {
				try {
					flooded.save("flooded", field, Map.of(field, 1));
				}
				catch (RuntimeException ex) {
					failures.add(ex);
				}
			});
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
		return failures;
	}

	/** In the short form every tenth. */
	private static <T> List<T> sample(List<T> all) {
		int step = FaultForm.choose(10, 1);
		return IntStream.range(0, all.size()).filter((i) -> i % step == 0).mapToObj(all::get).toList();
	}

}

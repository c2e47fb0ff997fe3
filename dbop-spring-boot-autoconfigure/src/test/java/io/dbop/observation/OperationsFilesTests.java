package io.dbop.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The files for operations, held against the metrics of a running application. */
class OperationsFilesTests {

	private static final Path DIRECTORY = Path.of("..", "docs", "operations");

	/** What prometheus-adapter makes of ours. */
	private static final Set<String> MADE_THERE = Set.of("dbop_servers_advised");

	@Test
	void whenAFileNamesAMetricThenItExistsWithItsLabels() throws IOException {
		List<Path> files;
		try (Stream<Path> all = Files.list(DIRECTORY)) {
			files = all.sorted().toList();
		}
		assertThat(files).extracting((file) -> file.getFileName().toString())
			.containsExactly("README.md", "grafana-dashboard.json", "keda-scaledobject.yaml", "kubernetes-hpa.yaml",
					"prometheus-adapter.yaml", "prometheus-alerts.yaml");
		MeteredApplication.run((registry) -> {
			PrometheusNames names = new PrometheusNames(registry.scrape());
			for (Path file : files) {
				List<String> texts = texts(file);
				assertThat(texts.stream().mapToLong(PrometheusNames::count).sum()).as(file.toString()).isPositive();
				assertThat(texts).as(file.toString())
					.allSatisfy((text) -> assertThat(names.unknown(text, MADE_THERE)).as(text).isEmpty());
			}
		});
	}

	@Test
	void whenAMetricALabelOrAValueDoesNotExistThenThatIsNoticed() {
		MeteredApplication.run((registry) -> {
			PrometheusNames names = new PrometheusNames(registry.scrape());
			assertThat(names.unknown("rate(dbop_retries_total[5m]) / dbop_pool_max{alias=\"main\"}", Set.of()))
				.isEmpty();
			assertThat(names.unknown("rate(dbop_retry_total[5m])", Set.of())).containsExactly("dbop_retry_total");
			assertThat(names.unknown("dbop_pool_max{pool=\"main\"}", Set.of())).hasSize(1);
			assertThat(names.unknown("dbop_circuit_state{state=\"opened\"}", Set.of())).hasSize(1);
			assertThat(names.unknown("dbop_errors_total{kind=~\"connect|conection_lost\"}", Set.of())).hasSize(1);
			assertThat(names.unknown("sum by (alias, breaker) (dbop_pool_max)", Set.of()))
				.containsExactly("by (breaker)");
		});
	}

	@Test
	void whenTheDashboardIsImportedThenItHasVariablesAndAPanelForEachGroup() throws IOException {
		JsonNode dashboard = JsonMapper.shared()
			.readTree(Files.readString(DIRECTORY.resolve("grafana-dashboard.json")));
		assertThat(dashboard.path("templating").path("list")).extracting((each) -> each.path("name").asString())
			.containsExactly("datasource", "alias", "instance");
		List<JsonNode> panels = new ArrayList<>();
		dashboard.path("panels").forEach(panels::add);
		assertThat(panels).filteredOn((panel) -> panel.path("type").asString().equals("row"))
			.extracting((panel) -> panel.path("title").asString())
			.containsExactly("Advice", "Connections", "Pools", "Queries", "Errors", "Circuit breakers", "Retries",
					"Caches");
		assertThat(panels).extracting((panel) -> panel.path("id").asInt()).doesNotHaveDuplicates();
		assertThat(panels).filteredOn((panel) -> !panel.path("type").asString().equals("row")).allSatisfy((panel) -> {
			assertThat(panel.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
			assertThat(panel.path("targets")).isNotEmpty()
				.allSatisfy((target) -> assertThat(target.path("expr").asString()).contains("=~\"$alias\""));
			assertThat(panel.path("description").asString()).isNotBlank();
		});
	}

	@Test
	@SuppressWarnings("unchecked")
	void whenAnAlertFiresThenItSaysWhatIsTheCaseAndWhatToDo() throws IOException {
		Map<String, Object> file = new Yaml().load(Files.readString(DIRECTORY.resolve("prometheus-alerts.yaml")));
		List<Map<String, Object>> rules = ((List<Map<String, Object>>) file.get("groups")).stream()
			.flatMap((group) -> ((List<Map<String, Object>>) group.get("rules")).stream())
			.toList();
		assertThat(rules).hasSizeGreaterThan(10).allSatisfy((rule) -> {
			assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
			assertThat((Map<String, String>) rule.get("labels")).containsKey("severity");
			assertThat((Map<String, String>) rule.get("annotations")).containsKeys("summary", "description");
			assertThat(balanced((String) rule.get("expr"))).as("%s", rule.get("expr")).isTrue();
		});
		assertThat(rules).extracting((rule) -> rule.get("alert")).doesNotHaveDuplicates();
	}

	private static boolean balanced(String expression) {
		return Stream.of("()", "[]", "{}")
			.allMatch((pair) -> count(expression, pair.charAt(0)) == count(expression, pair.charAt(1)));
	}

	private static long count(String text, char character) {
		return text.chars().filter((each) -> each == character).count();
	}

	/** All texts in a file. */
	private static List<String> texts(Path file) {
		try {
			String content = Files.readString(file);
			Set<Object> texts = new TreeSet<>();
			if (file.toString().endsWith(".yaml")) {
				collect(new Yaml().load(content), texts);
			}
			else if (file.toString().endsWith(".json")) {
				collect(JsonMapper.shared().readValue(content, Map.class), texts);
			}
			else {
				texts.addAll(content.lines().toList());
			}
			return texts.stream().map(Object::toString).collect(Collectors.toList());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void collect(Object node, Set<Object> texts) {
		if (node instanceof Map<?, ?> map) {
			map.values().forEach((each) -> collect(each, texts));
		}
		else if (node instanceof Collection<?> list) {
			list.forEach((each) -> collect(each, texts));
		}
		else if (node instanceof String text) {
			texts.add(text);
		}
	}

}

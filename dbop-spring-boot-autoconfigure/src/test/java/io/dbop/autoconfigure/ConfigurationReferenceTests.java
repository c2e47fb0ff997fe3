package io.dbop.autoconfigure;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.DefaultValue;

import static org.assertj.core.api.Assertions.assertThat;

/** The reference in the documentation, held against the properties that there are. */
class ConfigurationReferenceTests {

	private static final Pattern ROW = Pattern.compile("^\\| `([a-z.-]+)` \\|\\s*(?:`([^`]*)`)?\\s*\\|.*");

	@Test
	void whenAPropertyIsThereThenItIsDocumentedWithItsDefault() throws IOException {
		Map<String, String> all = existing("dbop.", DbopProperties.class, new TreeMap<>());
		all.keySet().removeAll(List.of("dbop.enabled", "dbop.databases"));
		assertThat(documented()).isEqualTo(existing("", DatabaseProperties.class, all));
	}

	private static Map<String, String> documented() throws IOException {
		Map<String, String> rows = new TreeMap<>();
		for (String line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				rows.put(row.group(1), (row.group(2) != null) ? row.group(2) : "");
			}
		}
		return rows;
	}

	private static Map<String, String> existing(String prefix, Class<?> type, Map<String, String> found) {
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
			if (component.getType().isRecord()) {
				existing(name + ".", component.getType(), found);
			}
			else {
				found.put(name, defaultOf(type, component));
			}
		}
		return found;
	}

	private static String defaultOf(Class<?> type, RecordComponent component) {
		int index = List.of(type.getRecordComponents())
			.stream()
			.map(RecordComponent::getName)
			.toList()
			.indexOf(component.getName());
		DefaultValue value = type.getDeclaredConstructors()[0].getParameters()[index].getAnnotation(DefaultValue.class);
		return (value != null) ? String.join(",", value.value()) : "";
	}

}

package io.dbop.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The reference in the documentation, held against the meters that there are. */
class MeterReferenceTests {

	private static final Pattern ROW = Pattern.compile("^\\| (`dbop\\.[^|]*) \\| (\\w+)[^|]* \\| ([^|]*) \\|.*");

	private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

	@Test
	void whenAMeterIsThereThenItIsDocumentedWithItsKindAndTags() {
		MeteredApplication.run((registry) -> {
			Map<String, String> registered = new TreeMap<>();
			registry.getMeters()
				.stream()
				.map(Meter::getId)
				.filter((id) -> id.getName().startsWith("dbop."))
				.forEach((id) -> registered.put(id.getName(),
						kind(id.getType()) + " " + new TreeSet<>(id.getTags().stream().map(Tag::getKey).toList())));
			assertThat(registered).isNotEmpty().isEqualTo(documented());
		});
	}

	@Test
	void whenAMeterIsThereThenItSaysWhatItMeans() {
		MeteredApplication.run((registry) -> assertThat(registry.getMeters())
			.filteredOn((meter) -> meter.getId().getName().startsWith("dbop."))
			.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).isNotBlank()));
	}

	private static String kind(Meter.Type type) {
		return switch (type) {
			case COUNTER -> "counter";
			case TIMER -> "timer";
			default -> "gauge";
		};
	}

	private static Map<String, String> documented() {
		Map<String, String> rows = new TreeMap<>();
		for (String line : lines()) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				String kindAndTags = row.group(2) + " " + quoted(row.group(3));
				quoted(row.group(1)).forEach((name) -> rows.put(name, kindAndTags));
			}
		}
		return rows;
	}

	private static TreeSet<String> quoted(String cell) {
		return QUOTED.matcher(cell)
			.results()
			.map((result) -> result.group(1))
			.collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
	}

	private static Iterable<String> lines() {
		try {
			String page = Files.readString(Path.of("..", "docs", "observability.md"));
			String section = page.substring(page.indexOf("\n## Meters\n") + 1);
			int next = section.indexOf("\n## ");
			return ((next < 0) ? section : section.substring(0, next)).lines().toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

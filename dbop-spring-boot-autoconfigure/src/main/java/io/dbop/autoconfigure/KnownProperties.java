package io.dbop.autoconfigure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * Which properties there are, for the message on one that there is not.
 */
final class KnownProperties {

	private static final int CLOSE_ENOUGH = 3;

	private KnownProperties() {
	}

	/** Why a property is refused: what is allowed in its place. */
	static String reason(String property) {
		String[] elements = property.split("\\.");
		boolean ofDatabase = elements.length > 3 && property.startsWith(DbopProperties.DATABASES + ".");
		Class<?> owner = ofDatabase ? DatabaseProperties.class : DbopProperties.class;
		int depth = ofDatabase ? 3 : 1;
		Class<?> nested = nested(owner, elements, depth);
		while (nested != null) {
			owner = nested;
			depth++;
			nested = nested(owner, elements, depth);
		}
		List<String> names = names(owner);
		String closest = closest(elements[Math.min(depth, elements.length - 1)], names);
		return "there is no such property." + (closest.isEmpty() ? "" : " Did you mean '%s'?".formatted(closest))
				+ " Allowed are: %s.".formatted(String.join(", ", names));
	}

	private static @Nullable Class<?> nested(Class<?> owner, String[] elements, int depth) {
		return (elements.length > depth + 1) ? nested(owner, elements[depth]) : null;
	}

	private static @Nullable Class<?> nested(Class<?> owner, String name) {
		return Arrays.stream(owner.getRecordComponents())
			.filter((component) -> component.getType().isRecord())
			.filter((component) -> DataObjectPropertyName.toDashedForm(component.getName()).equals(name))
			.<Class<?>>map((component) -> component.getType())
			.findFirst()
			.orElse(null);
	}

	private static List<String> names(Class<?> type) {
		return Stream.of(type.getRecordComponents())
			.map((component) -> DataObjectPropertyName.toDashedForm(component.getName()))
			.toList();
	}

	private static String closest(String name, List<String> names) {
		String wanted = name.toLowerCase(Locale.ROOT);
		return names.stream()
			.filter((known) -> known.startsWith(wanted) || distance(wanted, known) <= CLOSE_ENOUGH)
			.min(Comparator.comparingInt((known) -> distance(wanted, known)))
			.orElse("");
	}

	/** The number of letters to change, add or drop. */
	private static int distance(String one, String other) {
		int[] previous = new int[other.length() + 1];
		for (int i = 0; i <= one.length(); i++) {
			int[] current = new int[other.length() + 1];
			for (int j = 0; j <= other.length(); j++) {
				if (i == 0 || j == 0) {
					current[j] = i + j;
				}
				else {
					int change = previous[j - 1] + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
					current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
				}
			}
			previous = current;
		}
		return previous[other.length()];
	}

}

package io.dbop.entity.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The exact values of a row, of those fields whose columns hold only the nearest: one
 * JSON object with a member for each. Immutable.
 */
public final class ExactValues {

	/** Has the text of a binary number as the only member of an object. */
	public static final String DOUBLE = Tags.DOUBLE;

	private static final ExactValues NONE = new ExactValues(Map.of());

	private final Map<String, String> byField;

	private ExactValues(Map<String, String> byField) {
		this.byField = byField;
	}

	/**
	 * Reads the document of a row.
	 * @param document the document, or {@code null} if there is none
	 * @return its values
	 * @throws InvalidValueException if it is no JSON object
	 */
	public static ExactValues parse(@Nullable String document) {
		if (document == null) {
			return NONE;
		}
		Map<String, String> byField = new LinkedHashMap<>();
		try (JsonParser in = JsonText.parser(document)) {
			if (in.nextToken() != JsonToken.START_OBJECT) {
				throw invalid();
			}
			while (in.nextToken() == JsonToken.PROPERTY_NAME) {
				byField.put(in.currentName(), next(in, document));
			}
		}
		catch (JacksonException ex) {
			throw invalid();
		}
		return new ExactValues(byField);
	}

	private static String next(JsonParser in, String document) {
		in.nextToken();
		int start = (int) in.currentTokenLocation().getCharOffset();
		in.skipChildren();
		// A text is read when it is asked for: only then is its end known.
		in.getString();
		return document.substring(start, (int) in.currentLocation().getCharOffset());
	}

	private static InvalidValueException invalid() {
		return new InvalidValueException("what the row holds as exact values is no JSON object", null);
	}

	/**
	 * The document for a row.
	 * @param byField the typed JSON of each field that has one
	 * @return the document, or {@code null} if there are none
	 */
	public static @Nullable String write(Map<String, String> byField) {
		if (byField.isEmpty()) {
			return null;
		}
		// As every row may have one: a generator takes longer to be made than to write.
		StringBuilder document = new StringBuilder("{");
		byField.forEach((field, exact) -> {
			document.append((document.length() > 1) ? ",\"" : "\"");
			JsonStringEncoder.getInstance().quoteAsString(field, document);
			document.append("\":").append(exact);
		});
		return document.append('}').toString();
	}

	/**
	 * The exact value of a field.
	 * @param field its name
	 * @return the typed JSON, or {@code null} if its column says all
	 */
	public @Nullable String of(String field) {
		return this.byField.get(field);
	}

	/**
	 * All of them.
	 * @return typed JSON by field, in a map that cannot be changed
	 */
	public Map<String, String> byField() {
		return Collections.unmodifiableMap(this.byField);
	}

}

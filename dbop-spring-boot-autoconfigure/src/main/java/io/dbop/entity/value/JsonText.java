package io.dbop.entity.value;

import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON. A number without a fraction is the first of {@code Integer},
 * {@code Long} and {@code BigInteger} that it fits, any other one a {@code Double}.
 */
final class JsonText {

	private static final JsonFactory FACTORY = JsonFactory.builder().build();

	private JsonText() {
	}

	static String write(Consumer<JsonGenerator> content) {
		StringWriter text = new StringWriter();
		try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
			content.accept(out);
		}
		return text.toString();
	}

	static JsonParser parser(String text) {
		return FACTORY.createParser(ObjectReadContext.empty(), text);
	}

	static @Nullable Object read(String text) {
		try (JsonParser in = parser(text)) {
			in.nextToken();
			return value(in);
		}
		catch (JacksonException ex) {
			// Its message may tell what stands there.
			throw new InvalidValueException("what the column holds is no JSON document", null);
		}
	}

	private static @Nullable Object value(JsonParser in) {
		JsonToken token = in.currentToken();
		if (token == null) {
			return null;
		}
		return switch (token) {
			case START_OBJECT -> object(in);
			case START_ARRAY -> array(in);
			case VALUE_STRING -> in.getString();
			case VALUE_NUMBER_INT -> integer(in.getBigIntegerValue());
			case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			default -> null;
		};
	}

	private static Number integer(BigInteger number) {
		if (number.bitLength() < Integer.SIZE) {
			return number.intValue();
		}
		return (number.bitLength() < Long.SIZE) ? (Number) number.longValue() : (Number) number;
	}

	private static Map<String, @Nullable Object> object(JsonParser in) {
		Map<String, @Nullable Object> object = new LinkedHashMap<>();
		while (in.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = in.currentName();
			in.nextToken();
			object.put(name, value(in));
		}
		return object;
	}

	private static List<@Nullable Object> array(JsonParser in) {
		List<@Nullable Object> array = new ArrayList<>();
		while (in.nextToken() != JsonToken.END_ARRAY) {
			array.add(value(in));
		}
		return array;
	}

}

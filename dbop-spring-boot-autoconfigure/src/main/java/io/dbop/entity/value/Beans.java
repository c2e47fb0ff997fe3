package io.dbop.entity.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.ser.std.StdSerializer;

/** Turns records and beans into maps, as Jackson sees them. */
final class Beans {

	private final JsonMapper mapper;

	Beans(Serializers serializers) {
		SimpleModule module = new SimpleModule("dbop");
		serializers.all().forEach((serializer) -> module.addSerializer(new BySerializer(serializer)));
		this.mapper = JsonMapper.builder().addModule(module).build();
	}

	@Nullable Object tree(Object bean) {
		try {
			return value(this.mapper.valueToTree(bean));
		}
		catch (JacksonException ex) {
			if (ex.getCause() instanceof InvalidValueException reason) {
				throw reason;
			}
			throw new InvalidValueException("a %s could not be turned into a map".formatted(bean.getClass().getName()),
					ex);
		}
	}

	private static @Nullable Object value(JsonNode node) {
		return switch (node.getNodeType()) {
			case OBJECT -> map(node);
			case ARRAY -> list(node);
			case STRING -> node.stringValue();
			case NUMBER -> node.numberValue();
			case BOOLEAN -> node.booleanValue();
			case BINARY -> node.binaryValue();
			case POJO -> ((POJONode) node).getPojo();
			case NULL, MISSING -> null;
		};
	}

	private static Map<String, @Nullable Object> map(JsonNode node) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		node.properties().forEach((property) -> map.put(property.getKey(), value(property.getValue())));
		return map;
	}

	private static List<@Nullable Object> list(JsonNode node) {
		List<@Nullable Object> list = new ArrayList<>(node.size());
		node.forEach((element) -> list.add(value(element)));
		return list;
	}

	/** A property of a type that the application brings a serializer for. */
	private static final class BySerializer extends StdSerializer<Object> {

		private final EntitySerializer<?> serializer;

		BySerializer(EntitySerializer<?> serializer) {
			super(serializer.type());
			this.serializer = serializer;
		}

		@Override
		public void serialize(Object value, JsonGenerator out, SerializationContext context) {
			context.writeValue(out, Serializers.serialize(this.serializer, value));
		}

	}

}

package io.dbop.entity.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.ser.std.StdSerializer;

import org.springframework.core.ResolvableType;

/** Turns records and beans into maps and back, as Jackson sees them. */
final class Beans {

	private final JsonMapper mapper;

	Beans(Serializers serializers) {
		SimpleModule module = new SimpleModule("dbop");
		serializers.all().forEach((serializer) -> add(module, serializer));
		this.mapper = JsonMapper.builder()
			.addModule(module)
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE, DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
			.disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
			// An empty text is no number, and a number does not stay with its enum.
			.withCoercionConfigDefaults(
					(config) -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
			.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.ACCEPT_FLOAT_AS_INT,
					DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.build();
	}

	private static <T> void add(SimpleModule module, EntitySerializer<T> serializer) {
		module.addSerializer(new BySerializer(serializer));
		module.addDeserializer(serializer.type(), new ByDeserializer<>(serializer));
	}

	/**
	 * A value as one of another type.
	 * @throws InvalidValueException if it cannot be turned into one
	 */
	Object as(ResolvableType type, Object value) {
		try {
			return this.mapper.convertValue(value, javaType(type));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw refusal("a %s cannot be turned into %s".formatted(value.getClass().getName(), type), ex);
		}
	}

	/** With the arguments that only the place tells where the type is used. */
	private JavaType javaType(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (!type.hasGenerics() || type.hasUnresolvableGenerics()) {
			return this.mapper.constructType(raw);
		}
		JavaType[] arguments = Arrays.stream(type.getGenerics()).map(this::javaType).toArray(JavaType[]::new);
		return this.mapper.getTypeFactory().constructParametricType(raw, arguments);
	}

	/** Whether values of a type become maps or lists, and not texts or numbers. */
	boolean isTree(ResolvableType type) {
		TreeFinder finder = new TreeFinder();
		try {
			this.mapper.acceptJsonFormatVisitor(javaType(type), finder);
			return finder.found;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	@Nullable Object tree(Object bean) {
		try {
			return value(this.mapper.valueToTree(bean));
		}
		catch (JacksonException ex) {
			throw refusal("a %s could not be turned into a map".formatted(bean.getClass().getName()), ex);
		}
	}

	/**
	 * Without what Jackson says, or the classes of the JDK behind it, which quote the
	 * value. What the application's own exceptions say is up to it.
	 */
	private static InvalidValueException refusal(String what, RuntimeException failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && isForeign(cause)) {
			cause = cause.getCause();
		}
		if (cause instanceof InvalidValueException reason) {
			return reason;
		}
		return isForeign(cause) ? new InvalidValueException(what + " (" + cause.getClass().getName() + ")", null)
				: new InvalidValueException(what, cause);
	}

	private static boolean isForeign(Throwable cause) {
		String name = cause.getClass().getName();
		return name.startsWith("java.") || cause instanceof JacksonException;
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

	/** What such a serializer has turned it into, turned back. */
	private static final class ByDeserializer<T> extends StdDeserializer<T> {

		private final EntitySerializer<T> serializer;

		ByDeserializer(EntitySerializer<T> serializer) {
			super(serializer.type());
			this.serializer = serializer;
		}

		@Override
		public @Nullable T deserialize(JsonParser in, DeserializationContext context) {
			Object value = value(context.readTree(in));
			return (value != null) ? Serializers.deserialize(this.serializer, value) : null;
		}

	}

	/** Hears which JSON a type becomes. */
	private static final class TreeFinder extends JsonFormatVisitorWrapper.Base {

		private boolean found;

		@Override
		public @Nullable JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
			this.found = true;
			return null;
		}

		@Override
		public @Nullable JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
			this.found = true;
			return null;
		}

		@Override
		public @Nullable JsonMapFormatVisitor expectMapFormat(JavaType type) {
			this.found = true;
			return null;
		}

	}

}

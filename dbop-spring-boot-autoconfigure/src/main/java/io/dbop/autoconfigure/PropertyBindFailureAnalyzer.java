package io.dbop.autoconfigure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.Environment;

/**
 * Explains properties of dbop that do not exist, and values of the wrong kind. It comes
 * before Boot's, which shows the values.
 */
class PropertyBindFailureAnalyzer extends PropertyFailureAnalyzer<BindException> implements Ordered {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(DbopProperties.PREFIX);

	PropertyBindFailureAnalyzer(Environment environment) {
		super(environment);
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!PREFIX.equals(cause.getName()) && !PREFIX.isAncestorOf(cause.getName())) {
			return null;
		}
		UnboundConfigurationPropertiesException unbound = findCause(cause,
				UnboundConfigurationPropertiesException.class);
		if (unbound != null && !unbound.getUnboundProperties().isEmpty()) {
			return unknown(unbound.getUnboundProperties().iterator().next(), cause);
		}
		ConfigurationProperty property = cause.getProperty();
		String name = (property != null) ? property.getName().toString() : cause.getName().toString();
		return analysis(name, (property != null) ? property.getValue() : null, "it must be " + kind(cause) + ".",
				"Correct '%s' in the configuration of your application.".formatted(name), cause);
	}

	private FailureAnalysis unknown(ConfigurationProperty property, BindException cause) {
		String name = property.getName().toString();
		// Its value is not shown: it may well be a misspelt password.
		return analysis(name, null, KnownProperties.reason(name),
				"Correct or remove '%s' in the configuration of your application.".formatted(name), cause);
	}

	private String kind(BindException cause) {
		ConversionFailedException conversion = findCause(cause, ConversionFailedException.class);
		Class<?> type = (conversion != null) ? conversion.getTargetType().getType()
				: cause.getTarget().getType().resolve(Object.class);
		if (type.isEnum()) {
			return "one of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT))
				.collect(Collectors.joining(", "));
		}
		return switch (type.getSimpleName()) {
			case "Duration" -> "a duration, such as 500ms, 10s or PT1M";
			case "int", "Integer" -> "a whole number";
			case "double", "Double" -> "a number";
			case "boolean", "Boolean" -> "true or false";
			default -> "of the type " + type.getSimpleName();
		};
	}

	@Override
	public int getOrder() {
		return 0;
	}

}

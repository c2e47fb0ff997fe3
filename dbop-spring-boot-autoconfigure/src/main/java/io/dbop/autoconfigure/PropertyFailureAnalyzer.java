package io.dbop.autoconfigure;

import java.util.Locale;

import io.dbop.DbopException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * What the analyses of wrong properties have in common: they say where a property was
 * set, and show no value that may be a secret.
 *
 * @param <T> the failure
 */
abstract class PropertyFailureAnalyzer<T extends Throwable> extends AbstractFailureAnalyzer<T> {

	private final Environment environment;

	PropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Describes a wrong property.
	 * @param property the whole name
	 * @param value the value, {@code null} if there is none or it is unknown
	 * @param reason what is wrong, and what is allowed
	 * @param action what to do
	 * @param cause the failure
	 */
	FailureAnalysis analysis(String property, @Nullable Object value, String reason, String action, T cause) {
		StringBuilder description = new StringBuilder("A property of dbop is wrong:%n%n".formatted());
		description.append("    Property: %s%n".formatted(property));
		if (value != null) {
			description.append("    Value: \"%s\"%n".formatted(SecretFree.value(property, value)));
		}
		String origin = origin(property);
		if (origin != null) {
			description.append("    Origin: %s%n".formatted(origin));
		}
		description.append("    Reason: %s".formatted(capitalized(reason)));
		return new FailureAnalysis(description.toString(), action, cause);
	}

	private @Nullable String origin(String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return (found.getOrigin() != null) ? found.getOrigin().toString() : null;
			}
		}
		return null;
	}

	private static String capitalized(String reason) {
		return reason.isEmpty() ? reason : reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1);
	}

	/** The property that an exception of another package names, with its prefix. */
	static String property(DbopException exception, String property) {
		return DbopProperties.DATABASES + "." + exception.alias() + "." + property;
	}

}

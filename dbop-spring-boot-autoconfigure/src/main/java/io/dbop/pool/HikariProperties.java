package io.dbop.pool;

import java.beans.PropertyEditorSupport;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.zaxxer.hikari.HikariConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeansException;
import org.springframework.beans.PropertyAccessorFactory;

/**
 * Passes on what the user has set for HikariCP by name, written as HikariCP does or with
 * hyphens.
 */
final class HikariProperties {

	private static final Pattern DRIVER_PROPERTY = Pattern.compile("(?:data-?source-?properties|data-?source)\\.(.+)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern HYPHEN = Pattern.compile("-(\\w)");

	private HikariProperties() {
	}

	static void apply(DatabaseConfig config, HikariConfig settings) {
		BeanWrapper bean = PropertyAccessorFactory.forBeanPropertyAccess(settings);
		bean.registerCustomEditor(long.class, new MillisEditor());
		for (Map.Entry<String, String> property : config.hikari().entrySet()) {
			Matcher driverProperty = DRIVER_PROPERTY.matcher(property.getKey());
			if (driverProperty.matches()) {
				settings.addDataSourceProperty(driverProperty.group(1), property.getValue());
			}
			else {
				apply(config.alias(), bean, property.getKey(), property.getValue());
			}
		}
	}

	private static void apply(String alias, BeanWrapper bean, String name, String value) {
		String property = HYPHEN.matcher(name).replaceAll((match) -> match.group(1).toUpperCase(Locale.ROOT));
		if (!bean.isWritableProperty(property)) {
			throw new InvalidDatabaseConfigException(alias, "hikari." + name, shown(name, value),
					"HikariCP has no such setting");
		}
		try {
			bean.setPropertyValue(property, value);
		}
		catch (BeansException ex) {
			throw new InvalidDatabaseConfigException(alias, "hikari." + name, shown(name, value),
					"HikariCP does not take this value", ex);
		}
	}

	private static @Nullable String shown(String name, String value) {
		return JdbcUrls.isSecret(name) ? "***" : JdbcUrls.withoutSecrets(value);
	}

	/**
	 * Times are milliseconds, or have a unit.
	 */
	private static final class MillisEditor extends PropertyEditorSupport {

		private static final Pattern WITH_UNIT = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

		@Override
		public void setAsText(String text) {
			Matcher matcher = WITH_UNIT.matcher(text.strip());
			setValue(matcher.matches() ? millis(Long.parseLong(matcher.group(1)), matcher.group(2))
					: Long.valueOf(text.strip()));
		}

		private static Long millis(long number, String unit) {
			Duration duration = switch (unit) {
				case "s" -> Duration.ofSeconds(number);
				case "m" -> Duration.ofMinutes(number);
				case "h" -> Duration.ofHours(number);
				case "d" -> Duration.ofDays(number);
				default -> Duration.ofMillis(number);
			};
			return duration.toMillis();
		}

	}

}

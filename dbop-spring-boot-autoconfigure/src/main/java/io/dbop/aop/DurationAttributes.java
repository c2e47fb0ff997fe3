package io.dbop.aop;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/** Reads the durations in annotations, placeholders resolved. */
final class DurationAttributes {

	/** In nanoseconds it is still a number. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private final ConfigurableBeanFactory beanFactory;

	DurationAttributes(ConfigurableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/** What an attribute says, {@code null} if that is nothing. */
	@Nullable Duration read(String text, String attribute, AnnotationPlace place) {
		String resolved = text.isEmpty() ? text : this.beanFactory.resolveEmbeddedValue(text);
		if (resolved == null || resolved.isBlank()) {
			return null;
		}
		try {
			Duration duration = DurationFormatterUtils.detectAndParse(resolved.trim(), DurationFormat.Unit.MILLIS);
			place.check(!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0, attribute,
					resolved, "a positive duration of at most %d days".formatted(LONGEST.toDays()));
			return duration;
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw place.wrong(attribute, resolved, "a duration such as 500ms, 2s or PT1M");
		}
	}

}

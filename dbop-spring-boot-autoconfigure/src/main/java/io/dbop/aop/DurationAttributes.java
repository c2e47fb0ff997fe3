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

	/** What the attribute of a limit says, {@code null} if that is nothing. */
	@Nullable Duration limit(String text, String attribute, AnnotationPlace place) {
		return read(text, attribute, place, Duration.ofNanos(1), "a positive duration");
	}

	/** What the attribute of a delay says, {@code null} if that is nothing. */
	@Nullable Duration delay(String text, String attribute, AnnotationPlace place) {
		return read(text, attribute, place, Duration.ZERO, "a duration");
	}

	private @Nullable Duration read(String text, String attribute, AnnotationPlace place, Duration least, String kind) {
		String resolved = text.isEmpty() ? text : this.beanFactory.resolveEmbeddedValue(text);
		if (resolved == null || resolved.isBlank()) {
			return null;
		}
		try {
			Duration duration = DurationFormatterUtils.detectAndParse(resolved.trim(), DurationFormat.Unit.MILLIS);
			place.check(duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0, attribute, resolved,
					"%s of at most %d days".formatted(kind, LONGEST.toDays()));
			return duration;
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw place.wrong(attribute, resolved, "a duration such as 500ms, 2s or PT1M");
		}
	}

}

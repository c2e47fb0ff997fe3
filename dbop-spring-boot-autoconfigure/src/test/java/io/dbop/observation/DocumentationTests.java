package io.dbop.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import io.dbop.execution.Ending;
import io.dbop.execution.Outcome;
import io.dbop.failure.FailureKind;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The names of observations, held against what there is and against the documentation.
 */
class DocumentationTests {

	private static final Ending ENDING = new Ending(Outcome.SUCCESS, 1, null, null, null);

	@Test
	void whenAnOperationHasEndedThenItHasTheKeysThatAreDeclared() {
		OperationObservationContext context = new OperationObservationContext("main", "f");
		OperationObservationConvention convention = new OperationObservationConvention() {
		};
		context.ended(ENDING);
		assertThat(names(convention.getLowCardinalityKeyValues(context)))
			.containsExactlyInAnyOrder(names(DatabaseObservation.OPERATION.getLowCardinalityKeyNames()));
		assertThat(names(convention.getHighCardinalityKeyValues(context)))
			.containsExactlyInAnyOrder(names(DatabaseObservation.OPERATION.getHighCardinalityKeyNames()));
	}

	@Test
	void whenAnAttemptHasEndedThenItHasTheKeysThatAreDeclared() {
		AttemptObservationContext context = new AttemptObservationContext("main", "f", 1);
		AttemptObservationConvention convention = new AttemptObservationConvention() {
		};
		context.ended(ENDING);
		assertThat(names(convention.getLowCardinalityKeyValues(context)))
			.containsExactlyInAnyOrder(names(DatabaseObservation.ATTEMPT.getLowCardinalityKeyNames()));
		assertThat(convention.getHighCardinalityKeyValues(context)).isEmpty();
	}

	@Test
	void whenThereIsAKeyOrAWordForItThenItIsDocumented() throws IOException {
		String page = Files.readString(Path.of("..", "docs", "observability.md"));
		String section = page.substring(page.indexOf("## Observations"), page.indexOf("## Meters"));
		Stream<String> keys = Arrays.stream(DatabaseObservation.values())
			.flatMap((each) -> Stream.of(names(each.getLowCardinalityKeyNames()),
					names(each.getHighCardinalityKeyNames())))
			.flatMap(Arrays::stream);
		Stream<String> words = Stream.of(Outcome.values(), FailureKind.values())
			.flatMap(Arrays::stream)
			.map((constant) -> constant.name().toLowerCase(Locale.ROOT));
		assertThat(section).contains("`dbop.operation`", "`dbop.attempt`");
		assertThat(Stream.concat(keys, words)).allSatisfy((each) -> assertThat(section).contains("`" + each + "`"));
	}

	private static String[] names(KeyName[] names) {
		return Arrays.stream(names).map(KeyName::asString).toArray(String[]::new);
	}

	private static String[] names(KeyValues values) {
		return values.stream().map(KeyValue::getKey).toArray(String[]::new);
	}

}

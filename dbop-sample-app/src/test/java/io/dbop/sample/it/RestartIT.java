package io.dbop.sample.it;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as the README starts it, with its data in SQLite files.
 */
class RestartIT {

	private final Path data;

	RestartIT(@TempDir Path directory) {
		// The sample makes it itself.
		this.data = directory.resolve("data");
	}

	@Test
	void whenStoppedOrKilledThenWhatWasAnsweredIsStillThere() {
		String first = withSample((sample) -> {
			assertThat(sample.get("/actuator/health").text("status")).isEqualTo("UP");
			assertThat(sample.get("/actuator/dbop").body().path("databases").propertyNames())
				.containsExactlyInAnyOrder("main", "reporting");
			return sample.account(4200);
		});
		assertThat(this.data).isDirectoryContaining("glob:**main.db").isDirectoryContaining("glob:**reporting.db");
		SampleProcess sample = SampleProcess.start(this.data, List.of());
		assertThat(sample.client().balance(first)).isEqualTo(4200);
		String second = sample.client().account(2100);
		sample.kill();
		long balance = withSample((restarted) -> restarted.balance(second));
		assertThat(balance).isEqualTo(2100);
	}

	private <T> T withSample(Function<SampleClient, T> action) {
		try (SampleProcess sample = SampleProcess.start(this.data, List.of())) {
			return action.apply(sample.client());
		}
	}

}

package io.dbop.autoconfigure.devtools;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An application that devtools restarts, in a class loader of its own each time. */
@DisplayName("B3: restart by devtools")
class DevtoolsTests {

	@TempDir
	Path directory;

	@Test
	void whenAClassChangesThenTheRestartOpensBothDatabasesAnew() throws IOException {
		List<String> starts = restart("--dbop.databases.main.type=sqlite",
				"--dbop.databases.reporting.url=jdbc:h2:file:./reporting");
		assertThat(starts).containsExactly(
				"START counts=1,1 attempts=4 loader=RestartClassLoader pools=[main, reporting]",
				"START counts=2,2 attempts=4 loader=RestartClassLoader pools=[main, reporting]");
	}

	@Test
	void whenOneDatabaseIsAdoptedThenTheRestartAdoptsItAgain() throws IOException {
		List<String> starts = restart("--spring.datasource.url=jdbc:h2:file:./adopted",
				"--spring.datasource.hikari.pool-name=adopted",
				"--dbop.databases.reporting.url=jdbc:h2:file:./reporting");
		assertThat(starts).containsExactly(
				"START counts=1,1 attempts=4 loader=RestartClassLoader pools=[adopted, reporting]",
				"START counts=2,2 attempts=4 loader=RestartClassLoader pools=[adopted, reporting]");
	}

	private List<String> restart(String... databases) throws IOException {
		List<String> arguments = new ArrayList<>(List.of(databases));
		arguments.addAll(List.of("--spring.main.keep-alive=true", "--spring.main.web-application-type=none",
				"--spring.devtools.livereload.enabled=false", "--spring.devtools.restart.poll-interval=200ms",
				"--spring.devtools.restart.quiet-period=100ms"));
		try (DevtoolsProcess application = new DevtoolsProcess(this.directory, arguments)) {
			awaitStarts(application, 1);
			application.recompile();
			awaitStarts(application, 2);
			assertThat(application.log()).doesNotContain("ClassCastException", "LinkageError");
			return starts(application);
		}
	}

	private static void awaitStarts(DevtoolsProcess application, int count) {
		await().atMost(Duration.ofSeconds(60))
			.failFast(() -> assertThat(application.alive()).as(application.log()).isTrue())
			.untilAsserted(() -> assertThat(starts(application)).as(application.log()).hasSize(count));
	}

	private static List<String> starts(DevtoolsProcess application) throws IOException {
		return application.log().lines().filter((line) -> line.startsWith("START ")).toList();
	}

}

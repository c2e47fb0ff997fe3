package io.dbop.test;

import java.io.File;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Redis: what somebody has unpacked, with the libraries that lie beside it, or the
 * {@code redis-server} that is installed.
 *
 * @param program the program
 * @param environment with what it is run
 */
record RedisInstallation(Path program, Map<String, String> environment) {

	private static final String PROGRAM = "redis-server";

	static RedisInstallation find() throws FileNotFoundException {
		String home = TestSetting.REDIS_HOME.value();
		return (home != null) ? unpacked(Path.of(home)) : installed();
	}

	private static RedisInstallation unpacked(Path home) throws FileNotFoundException {
		for (Path directory : new Path[] { home.resolve("usr/bin"), home.resolve("bin"), home.resolve("src"), home }) {
			Path program = directory.resolve(PROGRAM);
			if (Files.isExecutable(program)) {
				String libraries = home.resolve("usr/lib/x86_64-linux-gnu") + ":"
						+ home.resolve("usr/lib/aarch64-linux-gnu");
				return new RedisInstallation(program, Map.of("LD_LIBRARY_PATH", libraries));
			}
		}
		throw new FileNotFoundException("no " + PROGRAM + " in " + home);
	}

	private static RedisInstallation installed() throws FileNotFoundException {
		String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
		return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
			.map((directory) -> Path.of(directory, PROGRAM))
			.filter(Files::isExecutable)
			.findFirst()
			.map((program) -> new RedisInstallation(program, Map.of()))
			.orElseThrow(() -> new FileNotFoundException("%s is not set, and no %s is installed"
				.formatted(TestSetting.REDIS_HOME.environmentVariable(), PROGRAM)));
	}

}

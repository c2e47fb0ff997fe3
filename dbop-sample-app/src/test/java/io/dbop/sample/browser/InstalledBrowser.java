package io.dbop.sample.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium, or Chrome, of this machine, with its driver.
 *
 * @param binary the browser
 * @param driver its driver
 */
record InstalledBrowser(Path binary, Path driver) {

	/**
	 * Looks for it where commands are looked for. Nothing is downloaded.
	 * @return the browser, if there is one with its driver
	 */
	static Optional<InstalledBrowser> find() {
		Optional<Path> binary = command("chromium", "chromium-browser", "google-chrome");
		Optional<Path> driver = command("chromedriver");
		return binary.flatMap((found) -> driver.map((itsDriver) -> new InstalledBrowser(found, itsDriver)));
	}

	private static Optional<Path> command(String... names) {
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.of(names)
			.flatMap((name) -> Arrays.stream(path.split(File.pathSeparator)).map((each) -> Path.of(each, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

}

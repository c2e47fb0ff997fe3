package io.dbop.benchmark;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The class paths of processes. Every peer is on that of the benchmarks, and would
 * configure itself in an application that has nothing to do with it: such an application
 * gets what its own dependencies bring.
 */
public final class ClassPath {

	private static final Pattern JAR = Pattern.compile("(.+?)-\\d.*\\.jar");

	private ClassPath() {
	}

	/** That of this process. */
	static String own() {
		return System.getProperty("java.class.path");
	}

	/**
	 * That of an application: the classes of the benchmarks, and what it depends on.
	 * @param starters what it depends on
	 * @return a class path
	 * @throws IllegalStateException if something is not on the class path of this process
	 */
	public static String of(Starter... starters) {
		List<String> entries = new ArrayList<>();
		entries.add(location(ClassPath.class));
		Set<String> missing = new TreeSet<>();
		for (Starter each : starters) {
			if (each.module() != null) {
				entries.add(location(each.module()));
			}
			missing.addAll(each.artifacts());
		}
		for (String entry : own().split(File.pathSeparator)) {
			String artifact = artifact(entry);
			if (artifact != null && missing.remove(artifact)) {
				entries.add(entry);
			}
		}
		if (!missing.isEmpty()) {
			throw new IllegalStateException("Not on the class path: " + missing);
		}
		return String.join(File.pathSeparator, entries);
	}

	private static @Nullable String artifact(String entry) {
		Matcher matcher = JAR.matcher(Path.of(entry).getFileName().toString());
		return matcher.matches() ? matcher.group(1) : null;
	}

	/** A directory or a jar, as the build has it. */
	private static String location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

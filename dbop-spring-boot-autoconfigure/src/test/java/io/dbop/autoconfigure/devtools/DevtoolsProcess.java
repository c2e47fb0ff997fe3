package io.dbop.autoconfigure.devtools;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import io.dbop.autoconfigure.DbopAutoConfiguration;

/**
 * The application in a process of its own, laid out as devtools finds it at work: dbop is
 * a jar, the application a directory of classes.
 */
final class DevtoolsProcess implements AutoCloseable {

	private final Path classes;

	private final Path log;

	private final Process process;

	DevtoolsProcess(Path directory, List<String> arguments) throws IOException {
		this.classes = Files.createDirectory(directory.resolve("classes"));
		this.log = directory.resolve("log");
		Path dbop = directory.resolve("dbop.jar");
		pack(location(DbopAutoConfiguration.class), dbop);
		copyApplication();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-cp", classPath(dbop), DevtoolsApplication.class.getName()));
		command.addAll(arguments);
		this.process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.log.toFile())
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly));
	}

	/** Does what a compiler does when its source was changed. */
	void recompile() throws IOException {
		Path compiled = this.classes.resolve(Starts.class.getName().replace('.', '/') + ".class");
		Files.setLastModifiedTime(compiled, FileTime.from(Instant.now().plusSeconds(10)));
	}

	String log() throws IOException {
		return Files.readString(this.log);
	}

	boolean alive() {
		return this.process.isAlive();
	}

	private void copyApplication() throws IOException {
		Path compiled = location(DevtoolsApplication.class);
		Path application = compiled.resolve(DevtoolsApplication.class.getPackageName().replace('.', '/'));
		for (Path file : files(application)) {
			Path copy = this.classes.resolve(compiled.relativize(file).toString());
			Files.createDirectories(copy.getParent());
			Files.copy(file, copy);
		}
	}

	private String classPath(Path dbop) {
		Stream<String> libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> entry.endsWith(".jar"));
		Stream<String> first = Stream.of(this.classes.toString(), dbop.toString(), System.getProperty("devtools.jar"));
		return String.join(File.pathSeparator, Stream.concat(first, libraries).toList());
	}

	private static Path location(Class<?> type) {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
	}

	private static void pack(Path directory, Path jar) throws IOException {
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			for (Path file : files(directory)) {
				out.putNextEntry(new JarEntry(directory.relativize(file).toString().replace(File.separatorChar, '/')));
				Files.copy(file, out);
			}
		}
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

}

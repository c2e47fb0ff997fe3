package io.dbop.test;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.springframework.util.FileSystemUtils;

/**
 * The unpacked programs of a database server and a fresh data directory to copy. Both
 * take seconds to make, so they are kept between test runs.
 */
abstract class ServerInstallation {

	private final String resource;

	/**
	 * Name the programs.
	 * @param resource a file in the JAR that they are packed in
	 */
	ServerInstallation(String resource) {
		this.resource = resource;
	}

	/**
	 * Find the installation, and make it if nobody has.
	 * @return its directory
	 * @throws IOException if it cannot be made
	 */
	final Path directory() throws IOException {
		Path parent = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"))
			.resolve("dbop-test-servers-" + System.getProperty("user.name")));
		String name = archive();
		Path directory = parent.resolve(name);
		// A file lock keeps other JVMs out, the monitor other threads.
		synchronized (ServerInstallation.class) {
			try (FileChannel channel = FileChannel.open(parent.resolve(name + ".lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
				if (!Files.exists(directory)) {
					Path unfinished = parent.resolve(name + ".unfinished");
					FileSystemUtils.deleteRecursively(unfinished);
					make(Files.createDirectory(unfinished));
					Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
				}
			}
		}
		return directory;
	}

	/**
	 * The JAR's name, for it contains the version.
	 */
	private String archive() throws IOException {
		URL url = getClass().getClassLoader().getResource(this.resource);
		if (url == null) {
			throw new FileNotFoundException("no " + this.resource + " on the class path");
		}
		return Path.of(((JarURLConnection) url.openConnection()).getJarFileURL().getPath()).getFileName().toString();
	}

	/**
	 * Fill the directory.
	 * @param directory an empty directory, which is renamed later
	 * @throws IOException if it cannot be filled
	 */
	abstract void make(Path directory) throws IOException;

}

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

	/**
	 * Find the installation, and make it if nobody has.
	 * @return its directory
	 * @throws IOException if it cannot be made
	 */
	final Path directory() throws IOException {
		Path parent = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"))
			.resolve("dbop-test-servers-" + System.getProperty("user.name")));
		String name = name();
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
	 * Under which name it is kept. Another version has another name.
	 * @return a file name
	 * @throws IOException if there are no programs
	 */
	abstract String name() throws IOException;

	/**
	 * The name of the JAR that programs are packed in, for it contains their version.
	 * @param resource a file in the JAR
	 * @return the JAR's file name
	 * @throws IOException if it is not on the class path
	 */
	static String jar(String resource) throws IOException {
		URL url = ServerInstallation.class.getClassLoader().getResource(resource);
		if (url == null) {
			throw new FileNotFoundException("no " + resource + " on the class path");
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

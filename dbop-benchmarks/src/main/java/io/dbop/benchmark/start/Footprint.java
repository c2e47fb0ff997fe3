package io.dbop.benchmark.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an idle application has in memory.
 *
 * @param heapBytes what is left of the heap after a collection
 * @param metaspaceBytes what its classes take
 * @param classes how many it has loaded
 */
record Footprint(long heapBytes, long metaspaceBytes, int classes) {

	private static final String MARK = "FOOTPRINT";

	private static final double MEBI = 1024 * 1024;

	String line() {
		return "%s %d %d %d".formatted(MARK, this.heapBytes, this.metaspaceBytes, this.classes);
	}

	static Footprint read(Path log) throws IOException {
		String[] parts = Files.readAllLines(log)
			.stream()
			.filter((each) -> each.startsWith(MARK))
			.findFirst()
			.orElseThrow(() -> new IOException("No figures in " + log))
			.split(" ");
		return new Footprint(Long.parseLong(parts[1]), Long.parseLong(parts[2]), Integer.parseInt(parts[3]));
	}

	Footprint minus(Footprint other) {
		return new Footprint(this.heapBytes - other.heapBytes, this.metaspaceBytes - other.metaspaceBytes,
				this.classes - other.classes);
	}

	double heapMebibytes() {
		return this.heapBytes / MEBI;
	}

	double metaspaceMebibytes() {
		return this.metaspaceBytes / MEBI;
	}

}

package io.dbop.entity.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What stands beside the row of an id. A row counts only while the stamp stands there
 * that stood when it was asked for; no stamp ever comes back. One that is closed says
 * that a commit is under way, or was and nobody knows its outcome: until its time is over
 * the id is not looked for in the cache.
 *
 * @param text what the cache holds
 */
record Stamp(String text) {

	private static final char OPEN = 'o';

	private static final char CLOSED = 'c';

	private static final char SEPARATOR = ':';

	static Stamp open() {
		return new Stamp(OPEN + UUID.randomUUID().toString());
	}

	static Stamp closed(Instant until) {
		return new Stamp(CLOSED + UUID.randomUUID().toString() + SEPARATOR + until.toEpochMilli());
	}

	boolean isOpen() {
		return this.text.charAt(0) == OPEN;
	}

	/** Whether it has been closed for so long that whoever did it must have ended. */
	boolean isOver(Instant now) {
		return !isOpen() && Long.parseLong(this.text.substring(this.text.indexOf(SEPARATOR) + 1)) <= now.toEpochMilli();
	}

	/** A row as it is kept under this stamp. */
	String seal(String row, Instant readAt) {
		return this.text + SEPARATOR + readAt.toEpochMilli() + SEPARATOR + row;
	}

	/** Whether a row is kept under this stamp, and is not too old. */
	boolean seals(String kept, Instant now, Duration maxAge) {
		int start = this.text.length() + 1;
		int end = kept.indexOf(SEPARATOR, start);
		return kept.startsWith(this.text) && end > 0
				&& now.toEpochMilli() - Long.parseLong(kept.substring(start, end)) < maxAge.toMillis();
	}

	String unseal(String kept) {
		return kept.substring(kept.indexOf(SEPARATOR, this.text.length() + 1) + 1);
	}

}

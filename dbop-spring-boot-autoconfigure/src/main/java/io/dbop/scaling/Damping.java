package io.dbop.scaling;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/**
 * Keeps a level from flapping: it rises when two looks in a row found a higher one, and
 * falls when a minute of looks found none as high. Confined to one thread.
 */
final class Damping {

	private static final int LOOKS_TO_RISE = 2;

	private static final int LOOKS_TO_FALL = 12;

	private final Deque<AdviceLevel> latest = new ArrayDeque<>();

	private AdviceLevel level = AdviceLevel.OK;

	/**
	 * Takes what was found.
	 * @return the level that holds from now on
	 */
	AdviceLevel look(AdviceLevel found) {
		this.latest.addFirst(found);
		if (this.latest.size() > LOOKS_TO_FALL) {
			this.latest.removeLast();
		}
		AdviceLevel lasting = Collections.min(this.latest.stream().limit(LOOKS_TO_RISE).toList());
		if (this.latest.size() >= LOOKS_TO_RISE && lasting.compareTo(this.level) > 0) {
			this.level = lasting;
		}
		else if (this.latest.size() == LOOKS_TO_FALL) {
			AdviceLevel highest = Collections.max(this.latest);
			this.level = (highest.compareTo(this.level) < 0) ? highest : this.level;
		}
		return this.level;
	}

}

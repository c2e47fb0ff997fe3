package io.dbop.replica;

import java.time.Duration;

/**
 * Which replicas may answer reads. Immutable.
 *
 * @param maxLag how far a replica may lag behind the primary
 * @param stickiness how long after a write its thread reads from the primary, unless a
 * replica has caught up with that write before; if it is at least the lag that is
 * allowed, a thread never misses what it wrote
 * @param checkInterval the time between two looks at the replicas
 * @param without what becomes of reads when no replica may answer
 */
public record ReplicaSettings(Duration maxLag, Duration stickiness, Duration checkInterval, Without without) {

	/**
	 * What becomes of reads when no replica may answer.
	 */
	public enum Without {

		/** The primary answers them. */
		PRIMARY,

		/** They fail: the primary could not bear them. */
		FAIL

	}

}

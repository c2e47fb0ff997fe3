package io.dbop.benchmark.capacity;

/**
 * What a user got.
 *
 * @param at when, as of {@link System#nanoTime()}
 * @param server which server answered, counted from 0
 * @param status the HTTP status, or 0 if the connection broke
 * @param waitNanos how long the server says that the question waited for its connection
 * to the database
 */
record Answer(long at, int server, int status, long waitNanos) {

	boolean served() {
		return this.status == 200;
	}

	boolean turnedAway() {
		return this.status == 504;
	}

}

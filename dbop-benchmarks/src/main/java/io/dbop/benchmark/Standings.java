package io.dbop.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out of a contest. How long a contender takes is the lower quartile of its
 * rounds: whatever else the machine does only adds to some of them.
 */
public final class Standings {

	private final List<Round> rounds;

	Standings(List<Round> rounds) {
		this.rounds = rounds;
	}

	/**
	 * How fast a contender is, measured by another.
	 * @param contender the name of the one
	 * @param peer the name of the other
	 * @return how many times the throughput of the other
	 */
	public double speed(String contender, String peer) {
		return nanos(peer) / nanos(contender);
	}

	/**
	 * How long a contender takes for its work.
	 * @param contender its name
	 * @return microseconds
	 */
	public double micros(String contender) {
		return nanos(contender) / 1e3;
	}

	/**
	 * How much longer a contender takes than another.
	 * @param contender the name of the one
	 * @param peer the name of the other
	 * @return seconds
	 */
	public double secondsOver(String contender, String peer) {
		return seconds(contender) - seconds(peer);
	}

	/**
	 * How long a contender takes for its work, if that is long.
	 * @param contender its name
	 * @return seconds
	 */
	public double seconds(String contender) {
		return nanos(contender) / 1e9;
	}

	private double nanos(String contender) {
		double[] sorted = this.rounds.stream().mapToDouble((round) -> round.nanos().get(contender)).sorted().toArray();
		return sorted[sorted.length / 4];
	}

	/**
	 * What each took in a round, in nanoseconds.
	 *
	 * @param nanos by the name of the contender
	 */
	record Round(Map<String, Double> nanos) {

		Round() {
			this(new LinkedHashMap<>());
		}

	}

}

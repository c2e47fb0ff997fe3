package io.dbop.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What came out of a contest. Medians, so that a round in which the machine had something
 * else to do does not count.
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
	 * @return how many times the throughput of the other, as the median of the rounds
	 */
	public double speed(String contender, String peer) {
		return median((round) -> round.nanos().get(peer) / round.nanos().get(contender));
	}

	/**
	 * How long a contender takes for its work.
	 * @param contender its name
	 * @return microseconds, as the median of the rounds
	 */
	public double micros(String contender) {
		return median((round) -> round.nanos().get(contender)) / 1000;
	}

	/**
	 * How much longer a contender takes than another.
	 * @param contender the name of the one
	 * @param peer the name of the other
	 * @return seconds, as the median of the rounds
	 */
	public double secondsOver(String contender, String peer) {
		return median((round) -> round.nanos().get(contender) - round.nanos().get(peer)) / 1e9;
	}

	/**
	 * How long a contender takes for its work, if that is long.
	 * @param contender its name
	 * @return seconds, as the median of the rounds
	 */
	public double seconds(String contender) {
		return micros(contender) / 1e6;
	}

	private double median(ToDoubleFunction<Round> value) {
		double[] sorted = this.rounds.stream().mapToDouble(value).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
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

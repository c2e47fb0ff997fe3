package io.dbop.benchmark;

import java.io.PrintStream;

/**
 * Takes what a study finds, and tells the process that has started it.
 */
public final class Report {

	private final PrintStream out;

	Report(PrintStream out) {
		this.out = out;
	}

	/**
	 * Takes a ratio, which is compared with what it was before.
	 * @param name what is compared, as {@code work, against whom}
	 * @param value how many times the other's
	 * @param aim what it must be
	 */
	public void ratio(String name, double value, Aim aim) {
		tell(Finding.Kind.RATIO, name, value, aim);
	}

	/**
	 * Takes a number that does not depend on the machine, such as round trips or bytes.
	 * @param name what was counted
	 * @param value the number
	 * @param aim what it must be
	 */
	public void count(String name, double value, Aim aim) {
		tell(Finding.Kind.COUNT, name, value, aim);
	}

	/**
	 * Takes a time, which depends on the machine and is told for information.
	 * @param name what was measured, with its unit
	 * @param value the time
	 */
	public void time(String name, double value) {
		tell(Finding.Kind.TIME, name, value, Aim.less());
	}

	/**
	 * Takes a time, or something else that depends on the machine, which must be kept all
	 * the same. It is compared with what it must be, never with what it was before.
	 * @param name what was measured, with its unit
	 * @param value the time
	 * @param aim what it must be
	 */
	public void time(String name, double value, Aim aim) {
		tell(Finding.Kind.TIME, name, value, aim);
	}

	/**
	 * Takes the times of contenders, and the ratios of the first to the others.
	 * @param work what they have done
	 * @param standings what came out
	 * @param contender the first
	 * @param peers the others, in pairs with what must be reached
	 */
	public void contest(String work, Standings standings, String contender, Peer... peers) {
		time(work + ", " + contender + ", µs", standings.micros(contender));
		for (Peer peer : peers) {
			time(work + ", " + peer.name() + ", µs", standings.micros(peer.name()));
			ratio(work + ", against " + peer.name(), standings.speed(contender, peer.name()), peer.aim());
		}
	}

	private void tell(Finding.Kind kind, String name, double value, Aim aim) {
		this.out.println(new Finding(kind, name, value, aim).line());
	}

	/**
	 * Somebody to be measured by.
	 *
	 * @param name the name of the contender
	 * @param aim how many times its throughput must be reached
	 */
	public record Peer(String name, Aim aim) {
	}

}

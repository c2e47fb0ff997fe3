package io.dbop.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Has contenders take turns, so that whatever else the machine does concerns all of them:
 * in every round each works for a slice of time, in an order that changes: what one
 * leaves behind does not always hit the same other.
 */
public final class Contest {

	private static final int WARM_UP_ROUNDS = 40;

	/** To get used to it. */
	private static final int PARTED_ROUNDS = 3;

	private static final int ROUNDS = 15;

	private static final Duration SLICE = Duration.ofMillis(100);

	private final int warmUpRounds;

	private final int rounds;

	private final Duration slice;

	private final List<Contender> contenders;

	private Contest(int warmUpRounds, int rounds, Duration slice, List<Contender> contenders) {
		this.warmUpRounds = warmUpRounds;
		this.rounds = rounds;
		this.slice = slice;
		this.contenders = List.copyOf(contenders);
	}

	/**
	 * Brings contenders together.
	 * @param contenders who takes part
	 */
	public Contest(List<Contender> contenders) {
		this(WARM_UP_ROUNDS, ROUNDS, SLICE, contenders);
	}

	/**
	 * Brings contenders together who do their work once in each round, the first of which
	 * does not count: work that takes long, and that no repetition makes faster.
	 * @param rounds how many rounds count
	 * @param contenders who takes part
	 * @return the contest
	 */
	public static Contest once(int rounds, List<Contender> contenders) {
		return new Contest(1, rounds, Duration.ZERO, contenders);
	}

	/**
	 * Has them work.
	 * @return what they have done
	 * @throws Exception if one of them cannot do its work
	 */
	public Standings run() throws Exception {
		rounds(this.warmUpRounds);
		if (!this.slice.isZero()) {
			// What is done once has processes of its own. Not before they are warm: the
			// compiler would have no more than the processor of the clients.
			Processors.part();
			rounds(PARTED_ROUNDS);
		}
		return new Standings(rounds(this.rounds));
	}

	private List<Standings.Round> rounds(int number) throws Exception {
		List<Standings.Round> rounds = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			Standings.Round round = new Standings.Round();
			List<Contender> order = new ArrayList<>(this.contenders);
			Collections.shuffle(order, new Random(i));
			for (Contender contender : order) {
				contender.before().run();
				round.nanos().put(contender.name(), slice(contender.work()));
			}
			rounds.add(round);
		}
		return rounds;
	}

	/** How long the work takes, in nanoseconds. */
	private double slice(Contender.Work work) throws Exception {
		long start = System.nanoTime();
		long end = start + this.slice.toNanos();
		long times = 0;
		long now;
		do {
			work.run();
			times++;
			now = System.nanoTime();
		}
		while (now < end);
		return (now - start) / (double) times;
	}

}

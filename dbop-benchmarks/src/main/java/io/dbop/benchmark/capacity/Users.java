package io.dbop.benchmark.capacity;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Users who ask once a second each, whether they got an answer or not, each at a moment
 * of the second that is its own. One thread is all of them.
 */
final class Users implements AutoCloseable {

	private static final long SECOND = 1_000_000_000;

	/** The same users in every run. */
	private static final long SEED = 42;

	private final List<Integer> ports;

	private final List<Deque<Line>> idle = new ArrayList<>();

	private final Selector selector = Selector.open();

	private final List<Answer> answers = new ArrayList<>();

	/** By the moment of the second when they ask. */
	private final User[] users;

	private int next;

	private long secondBegan = System.nanoTime();

	/**
	 * Creates users, evenly spread over the servers.
	 * @param number how many there are
	 * @param ports where the servers listen
	 * @throws IOException if there can be no connections
	 */
	Users(int number, List<Integer> ports) throws IOException {
		this.ports = ports;
		ports.forEach((port) -> this.idle.add(new ArrayDeque<>()));
		Random random = new Random(SEED);
		this.users = new User[number];
		for (int i = 0; i < number; i++) {
			this.users[i] = new User(i, random.nextLong(SECOND));
		}
		Arrays.sort(this.users, (a, b) -> Long.compare(a.moment(), b.moment()));
	}

	/**
	 * Lets them ask.
	 * @param number how many of them at the moment, the others are silent
	 * @param goesOn whether to go on
	 * @throws IOException if a server does not take connections
	 */
	void ask(IntSupplier number, BooleanSupplier goesOn) throws IOException {
		while (goesOn.getAsBoolean()) {
			long due = askThoseWhoAreDue(number.getAsInt());
			long pause = (due - System.nanoTime()) / 1_000_000;
			this.selector.select((key) -> hear((Line) key.attachment()), Math.max(1, pause));
		}
	}

	/** When the next one is due. */
	private long askThoseWhoAreDue(int number) throws IOException {
		long now = System.nanoTime();
		while (true) {
			User user = this.users[this.next];
			long due = this.secondBegan + user.moment();
			if (due > now) {
				return due;
			}
			if (user.index() < number) {
				ask(user.index() % this.ports.size());
			}
			if (++this.next == this.users.length) {
				this.next = 0;
				this.secondBegan += SECOND;
			}
		}
	}

	private void ask(int server) throws IOException {
		Line line = this.idle.get(server).pollLast();
		if (line == null) {
			line = Line.open(server, this.ports.get(server), this.selector);
		}
		line.ask();
	}

	private void hear(Line line) {
		Answer answer;
		try {
			answer = line.read();
		}
		catch (IOException ex) {
			answer = broken(line);
		}
		if (answer != null) {
			this.answers.add(answer);
			if (answer.status() != 0) {
				this.idle.get(line.server()).addLast(line);
			}
		}
	}

	/** Nobody misses one that was not in use. */
	private @Nullable Answer broken(Line line) {
		try {
			line.close();
		}
		catch (IOException ex) {
			// It is broken anyway.
		}
		boolean unused = this.idle.get(line.server()).remove(line);
		return unused ? null : new Answer(System.nanoTime(), line.server(), 0, 0);
	}

	/**
	 * What they got so far.
	 * @return the answers, the oldest first
	 */
	List<Answer> answers() {
		return this.answers;
	}

	@Override
	public void close() throws IOException {
		for (SelectionKey key : List.copyOf(this.selector.keys())) {
			key.channel().close();
		}
		this.selector.close();
	}

	/**
	 * A user.
	 *
	 * @param index its number, from 0
	 * @param moment when it asks, in nanoseconds since the second began
	 */
	private record User(int index, long moment) {
	}

}

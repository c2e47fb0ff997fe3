package io.dbop.benchmark.capacity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What is measured: so many servers, and so many users.
 *
 * @param servers how many application servers
 * @param users how many users, each of whom asks once a second
 * @param surge whether a quarter more users come first, so that there is a queue already
 * @param allowed how many connections each server of the database allows, {@code null} if
 * it has enough
 * @param topology what the database is
 */
record Row(int servers, int users, boolean surge, @Nullable Integer allowed, Topology topology) {

	/** Connections of each server. */
	static final int POOL = 20;

	private static final Pattern TEXT = Pattern.compile("(\\d+)x(\\d+)(s?)(?:/(\\d+))?([a-z]?)");

	/** What one connection can answer in a second, each question taking 100 ms. */
	private static final int PER_CONNECTION = 10;

	/**
	 * Reads what stands in a command.
	 * @param text servers and users, {@code s} for a surge, what the database allows, and
	 * {@code r} for a replica or {@code g} for Galera, such as {@code 2x400},
	 * {@code 1x200s}, {@code 2x500/30} or {@code 2x500/30r}
	 * @return the row
	 */
	static Row parse(String text) {
		Matcher matcher = TEXT.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("Not a row such as 2x400, 1x200s, 2x500/30 or 1x360r: " + text);
		}
		String allowed = matcher.group(4);
		return new Row(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
				!matcher.group(3).isEmpty(), (allowed != null) ? Integer.valueOf(allowed) : null,
				Topology.of(matcher.group(5)));
	}

	int usersAtFirst() {
		return this.surge ? this.users * 5 / 4 : this.users;
	}

	/** The most answers in a second, if to answer took nothing but the 100 ms. */
	int limit() {
		int connections = this.servers * POOL * this.topology.pools();
		return PER_CONNECTION * ((this.allowed != null) ? Math.min(this.allowed * this.topology.servers(), connections)
				: connections);
	}

	/** The questions of a second in relation to that. */
	double load() {
		return (double) this.users / limit();
	}

	/** The users, and what is special. */
	String words() {
		return "%d%s%s%s".formatted(this.users, this.surge ? " after a surge" : "",
				(this.allowed != null) ? ", %d connections allowed".formatted(this.allowed) : "",
				this.topology.words());
	}

	@Override
	public String toString() {
		return "%d x %s".formatted(this.servers, words());
	}

}

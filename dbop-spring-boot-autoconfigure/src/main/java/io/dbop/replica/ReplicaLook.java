package io.dbop.replica;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.dbop.replica.Rounds.Round;
import io.dbop.replica.Sightings.Sighting;
import org.jspecify.annotations.Nullable;

/**
 * Asks a replica which of the positions of the primary it has reached. Used by one
 * thread.
 */
final class ReplicaLook implements Round {

	private static final int PAUSES = 10;

	private final Replica replica;

	private final Server server;

	private final String question;

	private final Sightings sightings;

	private final Duration interval;

	private @Nullable Sighting seen;

	ReplicaLook(Replica replica, Server server, String question, Sightings sightings, Duration interval) {
		this.replica = replica;
		this.server = server;
		this.question = question;
		this.sightings = sightings;
		this.interval = interval;
	}

	@Override
	public void go() throws InterruptedException {
		this.sightings.await(this.seen, this.interval);
		List<Sighting> known = this.sightings.all();
		if (known.isEmpty()) {
			return;
		}
		Sighting last = known.get(known.size() - 1);
		this.seen = last;
		try {
			if (!reached(last)) {
				// It is on its way, mostly.
				Thread.sleep(this.interval.dividedBy(PAUSES).toMillis());
				look(known);
			}
			else {
				// While the primary is silent, who has all that it told is as good as can
				// be.
				this.replica.reached(last.moment(), this.sightings.silent() ? System.nanoTime() : last.moment());
			}
		}
		catch (SQLException | RuntimeException ex) {
			this.replica.gone(String.valueOf(ex.getMessage()));
		}
	}

	private void look(List<Sighting> known) throws SQLException {
		Sighting reached = latest(known);
		if (reached != null) {
			this.replica.reached(reached.moment(), reached.moment());
		}
		else {
			this.replica.behind();
		}
	}

	/**
	 * The latest position that it has reached: mostly the last one, or the one before,
	 * else it is looked for by halves.
	 */
	private @Nullable Sighting latest(List<Sighting> known) throws SQLException {
		int to = known.size();
		for (int tries = 0; tries < 2 && to > 0; tries++) {
			to--;
			if (reached(known.get(to))) {
				return known.get(to);
			}
		}
		int from = 0;
		while (from < to) {
			int middle = (from + to) / 2;
			if (reached(known.get(middle))) {
				from = middle + 1;
			}
			else {
				to = middle;
			}
		}
		return (from > 0) ? known.get(from - 1) : null;
	}

	private boolean reached(Sighting sighting) throws SQLException {
		String answer = this.server.ask(this.question, sighting.position());
		if (answer == null) {
			throw new SQLException("it is no replica, or not any more");
		}
		return Answers.yes(answer);
	}

}

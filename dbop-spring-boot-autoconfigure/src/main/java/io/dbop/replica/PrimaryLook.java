package io.dbop.replica;

import java.sql.SQLException;
import java.time.Duration;

import io.dbop.replica.Rounds.Round;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the primary how far it is. Used by one thread.
 */
final class PrimaryLook implements Round {

	private static final Logger logger = LoggerFactory.getLogger(PrimaryLook.class);

	private final Server primary;

	private final String question;

	private final Sightings sightings;

	private final Duration interval;

	PrimaryLook(Server primary, String question, Sightings sightings, Duration interval) {
		this.primary = primary;
		this.question = question;
		this.sightings = sightings;
		this.interval = interval;
	}

	/** The moment is that before the question: whatever was committed by then is in. */
	@Override
	public void go() throws InterruptedException {
		long moment = System.nanoTime();
		try {
			String position = this.primary.ask(this.question);
			if (position != null) {
				this.sightings.add(moment, position);
			}
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("The primary does not say how far it is", ex);
			this.sightings.silence();
		}
		Thread.sleep(this.interval.toMillis());
	}

}

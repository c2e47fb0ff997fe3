package io.dbop.replica;

import java.sql.SQLException;
import java.time.Duration;

import io.dbop.replica.Rounds.Round;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the primary how far it is. Used by one thread.
 */
final class PrimaryLook implements Round {

	private static final Logger logger = LoggerFactory.getLogger(PrimaryLook.class);

	private final Server primary;

	private final String question;

	private final @Nullable String readOnly;

	private final Sightings sightings;

	private final Duration interval;

	/**
	 * @param readOnly asks whether it takes no writes, {@code null} if it is asked for
	 * its position in a way that says so
	 */
	PrimaryLook(Server primary, String question, @Nullable String readOnly, Sightings sightings, Duration interval) {
		this.primary = primary;
		this.question = question;
		this.readOnly = readOnly;
		this.sightings = sightings;
		this.interval = interval;
	}

	/** The moment is that before the question: whatever was committed by then is in. */
	@Override
	public void go() throws InterruptedException {
		long moment = System.nanoTime();
		try {
			String position = this.primary.ask(this.question);
			if (this.readOnly != null && position != null && Answers.yes(this.primary.ask(this.readOnly))) {
				this.primary.close();
				throw new SQLException("it is no primary any more");
			}
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

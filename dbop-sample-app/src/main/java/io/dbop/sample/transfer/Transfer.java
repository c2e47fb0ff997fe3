package io.dbop.sample.transfer;

import java.time.Instant;
import java.util.UUID;

/**
 * A transfer of money.
 *
 * @param id its identifier, chosen before it is booked: whoever asks twice for the same
 * transfer says the same identifier twice, and it is booked once
 * @param from the account that pays
 * @param to the account that is paid
 * @param cents how much, positive
 * @param requestedAt when it was asked for
 */
public record Transfer(UUID id, UUID from, UUID to, long cents, Instant requestedAt) {

	boolean isRepetitionOf(Transfer earlier) {
		return this.id.equals(earlier.id) && this.from.equals(earlier.from) && this.to.equals(earlier.to)
				&& this.cents == earlier.cents;
	}

}

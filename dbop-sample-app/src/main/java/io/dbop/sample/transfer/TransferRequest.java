package io.dbop.sample.transfer;

import java.time.Instant;
import java.util.UUID;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * A request for a transfer.
 *
 * @param id the identifier of the transfer. A client that gives one can safely repeat the
 * request until it is answered
 * @param from the account that pays
 * @param to the account that is paid
 * @param cents how much
 */
record TransferRequest(@Nullable UUID id, @NotNull UUID from, @NotNull UUID to,
		@Positive @Max(1_000_000_000_00L) long cents) {

	@AssertTrue(message = "must be true: from and to are the same account")
	boolean isBetweenTwoAccounts() {
		return this.from == null || !this.from.equals(this.to);
	}

	Transfer at(Instant now) {
		return new Transfer((this.id != null) ? this.id : UUID.randomUUID(), this.from, this.to, this.cents, now);
	}

}

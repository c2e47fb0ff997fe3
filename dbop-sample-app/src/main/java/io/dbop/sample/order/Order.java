package io.dbop.sample.order;

import java.time.LocalDate;
import java.util.UUID;

/**
 * An order.
 *
 * @param id its identifier, chosen before it is placed
 * @param account the account that pays
 * @param sku the product
 * @param quantity how many of it
 * @param totalCents what the account paid, 0 as long as it is only wanted
 * @param status what has become of it
 * @param placedOn the day on which it was placed, UTC
 */
record Order(UUID id, UUID account, String sku, int quantity, long totalCents, Status status, LocalDate placedOn) {

	Order at(long priceCents) {
		return new Order(this.id, this.account, this.sku, this.quantity,
				Math.multiplyExact(priceCents, (long) this.quantity), this.status, this.placedOn);
	}

	Order cancelled() {
		return new Order(this.id, this.account, this.sku, this.quantity, this.totalCents, Status.CANCELLED,
				this.placedOn);
	}

	boolean isRepetitionOf(Order earlier) {
		return this.id.equals(earlier.id) && this.account.equals(earlier.account) && this.sku.equals(earlier.sku)
				&& this.quantity == earlier.quantity;
	}

	/** What has become of an order. */
	enum Status {

		/** Paid, its products reserved. */
		PLACED,

		/** Paid back, its products released. */
		CANCELLED

	}

}

package io.dbop.sample.order;

import java.time.LocalDate;
import java.util.UUID;

import io.dbop.sample.order.Order.Status;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * A request to place an order.
 *
 * @param id the identifier of the order. A client that gives one can safely repeat the
 * request until it is answered
 * @param account the account that pays
 * @param sku the product
 * @param quantity how many of it
 */
record PlaceOrderRequest(@Nullable UUID id, @NotNull UUID account, @NotBlank String sku,
		@Positive @Max(1000) int quantity) {

	Order on(LocalDate day) {
		return new Order((this.id != null) ? this.id : UUID.randomUUID(), this.account, this.sku, this.quantity, 0,
				Status.PLACED, day);
	}

}

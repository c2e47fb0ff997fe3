package io.dbop.sample.account;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

/**
 * A request to open an account.
 *
 * @param owner whose it shall be
 * @param balanceCents what is paid in at once
 */
record OpenAccountRequest(@NotBlank @Size(max = 100) String owner,
		@PositiveOrZero @Max(1_000_000_000_00L) long balanceCents) {

}

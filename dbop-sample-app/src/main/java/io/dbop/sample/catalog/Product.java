package io.dbop.sample.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

/**
 * A product.
 *
 * @param sku its identifier
 * @param name what people call it
 * @param priceCents what one of it costs
 * @param stock how many there are, never negative
 */
public record Product(@Pattern(regexp = "[a-z0-9-]{1,40}") @NotBlank String sku, @NotBlank @Size(max = 100) String name,
		@Positive @Max(1_000_000_00L) long priceCents, @PositiveOrZero @Max(1_000_000) int stock) {

}

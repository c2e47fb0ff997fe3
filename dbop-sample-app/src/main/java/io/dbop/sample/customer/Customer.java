package io.dbop.sample.customer;

import java.time.Instant;
import java.util.Map;

import io.dbop.entity.DbEntity;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/**
 * A customer.
 *
 * @param id the identifier, given when it is first saved
 * @param name what people call it
 * @param email where to write to
 * @param preferences whatever it prefers
 * @param since since when it is one
 */
@DbEntity("customers")
public record Customer(@Nullable String id, @NotBlank String name, @Nullable @Email String email,
		@Nullable Map<String, Object> preferences, @Nullable Instant since) {

	Customer asOf(String known, Instant joined) {
		return new Customer(known, this.name, this.email, this.preferences, joined);
	}

}

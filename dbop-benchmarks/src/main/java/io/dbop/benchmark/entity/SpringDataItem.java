package io.dbop.benchmark.entity;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * An item as Spring Data JDBC keeps it.
 *
 * @param id its id
 * @param version how often it was saved
 * @param createdAt when it was made
 * @param createdBy by whom
 * @param updatedAt when it was changed
 * @param updatedBy by whom
 * @param deletedAt when it was deleted
 * @param operation what was done last
 * @param comment why
 * @param name a field
 * @param status a field
 * @param quantity a field
 * @param price a field
 * @param active a field
 * @param due a field
 */
@Table("items")
record SpringDataItem(@Id String id, @Version @Nullable Long version, Instant createdAt, @Nullable String createdBy,
		Instant updatedAt, @Nullable String updatedBy, @Nullable Instant deletedAt, String operation,
		@Nullable String comment, String name, String status, int quantity, BigDecimal price, boolean active,
		Instant due) {

	static SpringDataItem of(String id, @Nullable SpringDataItem before, Item item) {
		Instant now = Instant.now();
		return new SpringDataItem(id, (before != null) ? before.version() : null,
				(before != null) ? before.createdAt() : now, null, now, null, null,
				(before != null) ? "UPDATE" : "CREATE", null, item.name(), item.status(), item.quantity(), item.price(),
				item.active(), item.due());
	}

}

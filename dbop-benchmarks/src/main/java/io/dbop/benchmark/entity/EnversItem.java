package io.dbop.benchmark.entity;

import java.math.BigDecimal;
import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.envers.Audited;
import org.jspecify.annotations.Nullable;

/** An item as Hibernate keeps it, and Envers its revisions. */
@Entity
@Audited
@Table(name = "items")
@SuppressWarnings("NullAway") // Hibernate makes it, and then sets it.
class EnversItem {

	@Id
	private String id;

	@Version
	private @Nullable Long version;

	@Column(nullable = false, updatable = false)
	private Instant createdAt;

	@Column(updatable = false)
	private @Nullable String createdBy;

	@Column(nullable = false)
	private Instant updatedAt;

	private @Nullable String updatedBy;

	private @Nullable Instant deletedAt;

	@Column(columnDefinition = "text")
	private String name;

	@Column(columnDefinition = "text")
	private String status;

	private int quantity;

	@Column(precision = 12, scale = 2)
	private BigDecimal price;

	private boolean active;

	private Instant due;

	EnversItem() {
	}

	EnversItem(String id, Item item) {
		this.id = id;
		this.createdAt = Instant.now();
		set(item, this.createdAt);
	}

	String id() {
		return this.id;
	}

	/** Takes what is new. */
	void change(Item item) {
		set(item, Instant.now());
	}

	private void set(Item item, Instant now) {
		this.updatedAt = now;
		this.name = item.name();
		this.status = item.status();
		this.quantity = item.quantity();
		this.price = item.price();
		this.active = item.active();
		this.due = item.due();
	}

}

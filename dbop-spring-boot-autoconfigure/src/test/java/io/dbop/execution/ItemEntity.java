package io.dbop.execution;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An item, as an entity. */
@Entity
@Table(name = "item")
class ItemEntity {

	@Id
	private Integer id;

	private Integer amount;

	protected ItemEntity() {
	}

	ItemEntity(int id) {
		this.id = id;
		this.amount = 0;
	}

	int amount() {
		return this.amount;
	}

	void add(int more) {
		this.amount += more;
	}

}

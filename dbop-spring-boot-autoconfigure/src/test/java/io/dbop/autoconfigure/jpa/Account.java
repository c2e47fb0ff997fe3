package io.dbop.autoconfigure.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity. */
@Entity
public class Account {

	@Id
	private long id;

	private long cents;

	protected Account() {
	}

	public Account(long id, long cents) {
		this.id = id;
		this.cents = cents;
	}

	public long getId() {
		return this.id;
	}

	public long getCents() {
		return this.cents;
	}

	public void add(long cents) {
		this.cents += cents;
	}

}

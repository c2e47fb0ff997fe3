package io.dbop.execution;

import java.util.List;

import io.dbop.test.DatabaseInstance;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables of the contracts: items, which have a key, and notes, which have none, so
 * that a note written twice is there twice. They are written through the engine's pool
 * and read past it, so that only what is committed is seen.
 */
final class Items {

	private final JdbcTemplate jdbc;

	private final JdbcTemplate direct;

	Items(DatabaseInstance database, JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.direct = new JdbcTemplate(database.dataSource());
		this.direct.execute("create table item (id integer primary key, amount integer not null)");
		this.direct.execute("create table note (text varchar(40) not null)");
	}

	/** Items that are there from the beginning. */
	Items with(int... ids) {
		for (int id : ids) {
			this.direct.update("insert into item (id, amount) values (?, 0)", id);
		}
		return this;
	}

	void insert(int id) {
		this.jdbc.update("insert into item (id, amount) values (?, 0)", id);
	}

	void add(int id) {
		this.jdbc.update("update item set amount = amount + 1 where id = ?", id);
	}

	void note(String text) {
		this.jdbc.update("insert into note (text) values (?)", text);
	}

	/** Locks an item, or fails at once with what may be retried. */
	void lockNow(int id) {
		this.jdbc.queryForList("select id from item where id = ? for update nowait", id);
	}

	List<Integer> ids() {
		return this.direct.queryForList("select id from item order by id", Integer.class);
	}

	int amount(int id) {
		return this.direct.queryForObject("select amount from item where id = ?", Integer.class, id);
	}

	List<String> notes() {
		return this.direct.queryForList("select text from note order by text", String.class);
	}

}

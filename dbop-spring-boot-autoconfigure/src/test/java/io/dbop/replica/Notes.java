package io.dbop.replica;

import java.util.ArrayList;
import java.util.List;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.database.Database;
import io.dbop.database.Databases;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** What an application does with its database, in all ways that there are. */
class Notes {

	static final String WHERE = "select case when pg_is_in_recovery() then 'replica' else 'primary' end";

	private final JdbcClient client;

	private final Database database;

	Notes(JdbcClient client, Databases databases) {
		this.client = client;
		this.database = databases.get("main");
	}

	@Transactional
	public void make() {
		this.client.sql("create table if not exists note (id int, text varchar(40))").update();
	}

	public void clear() {
		this.client.sql("truncate note").update();
	}

	@Transactional
	public void add(int id) {
		this.client.sql("insert into note values (?, 'x')").param(id).update();
	}

	/** Without a transaction. */
	public void addByItself(int id) {
		this.client.sql("insert into note values (?, 'x')").param(id).update();
	}

	@Transactional
	public void addInABatch(int id) {
		addInABatchByItself(id);
	}

	/** Without a transaction. */
	public void addInABatchByItself(int id) {
		this.database.jdbcTemplate()
			.batchUpdate("insert into note values (?, 'x')", List.<Object[]>of(new Object[] { id }));
	}

	@DbRetry
	@Transactional(readOnly = true)
	public boolean has(int id) {
		return this.client.sql("select count(*) from note where id = ?").param(id).query(Long.class).single() > 0;
	}

	/** Takes its time, so that something can happen meanwhile. */
	@DbRetry
	@Transactional(readOnly = true)
	public String slowRead(double seconds) {
		return this.client.sql(WHERE + " from pg_sleep(?)").param(seconds).query(String.class).single();
	}

	@DbRetry
	@Transactional(readOnly = true)
	public List<String> readTwice(Runnable between) {
		List<String> servers = new ArrayList<>(List.of(where()));
		this.client.sql("select count(*) from note").query(Long.class).single();
		between.run();
		servers.add(where());
		return servers;
	}

	@DbRetry
	@Transactional(readOnly = true)
	public String springRead() {
		return where();
	}

	@AutoTransaction(readOnly = true)
	public String dbopRead() {
		return where();
	}

	@Transactional
	public String springWrite() {
		return where();
	}

	@AutoTransaction
	public String dbopWrite() {
		return where();
	}

	/** How far the primary is. */
	public String position() {
		return this.client.sql("select pg_current_wal_lsn()::text").query(String.class).single();
	}

	/** Where a statement goes that nothing is said of. */
	public String where() {
		return this.client.sql(WHERE).query(String.class).single();
	}

	public String declaredStatement() {
		return this.database.sql(WHERE).readOnly().single(String.class);
	}

	public String plainStatement() {
		return this.database.sql(WHERE).single(String.class);
	}

	@Transactional
	public String declaredStatementInTransaction() {
		return this.database.sql(WHERE).readOnly().single(String.class);
	}

	@AutoTransaction(readOnly = true)
	public void writeThoughReadOnly() {
		this.client.sql("insert into note values (0, 'x')").update();
	}

	@Transactional(readOnly = true)
	public String twice() {
		return where() + " " + where();
	}

}

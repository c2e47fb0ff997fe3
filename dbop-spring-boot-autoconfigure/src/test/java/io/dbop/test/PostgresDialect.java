package io.dbop.test;

import java.time.Duration;
import java.util.Map;

import io.dbop.test.wire.WireProtocol;

final class PostgresDialect implements ServerDialect {

	@Override
	public String driverClassName() {
		return "org.postgresql.Driver";
	}

	@Override
	public WireProtocol protocol() {
		return WireProtocol.POSTGRES;
	}

	@Override
	public String url(DatabaseServer server, String database) {
		return server.url("jdbc:postgresql", database, Map.of("sslmode", "disable"));
	}

	@Override
	public String administrativeDatabase() {
		return "postgres";
	}

	@Override
	public String create(String database) {
		// Nobody can be connected to template0, so that this never has to wait.
		return "create database " + database + " template template0";
	}

	@Override
	public String drop(String database) {
		return "drop database if exists " + database + " with (force)";
	}

	@Override
	public String empty() {
		return """
				do $$ begin
				  if exists (select from pg_namespace
				             where nspname !~ '^pg_' and nspname not in ('public', 'information_schema'))
				      or exists (select from pg_prepared_xacts where database = current_database())
				      or exists (select from pg_db_role_setting join pg_database on setdatabase = pg_database.oid
				                 where datname = current_database()) then
				    raise exception 'not only tables in the public schema';
				  end if;
				  drop schema public cascade;
				  create schema public authorization pg_database_owner;
				  grant usage on schema public to public;
				end $$""";
	}

	@Override
	public String sessions(String database) {
		return "select pid from pg_stat_activity where datname = '" + database + "'";
	}

	@Override
	public String ownSession() {
		return "select pg_backend_pid()";
	}

	@Override
	public String kill(long session) {
		// Waits until the session is gone, for up to 10 s.
		return "select pg_terminate_backend(" + session + ", 10000)::int";
	}

	@Override
	public String sleep(Duration duration) {
		return "select pg_sleep(" + duration.toMillis() / 1000.0 + ")";
	}

}

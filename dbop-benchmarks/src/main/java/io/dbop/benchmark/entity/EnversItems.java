package io.dbop.benchmark.entity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/**
 * Hibernate with Envers, as its documentation tunes it: statements in batches and in
 * order, connections that begin a transaction by themselves, revisions that get their
 * numbers fifty at a time, and the audit strategy that writes least.
 */
final class EnversItems implements ItemKeeper, ItemBatches {

	private static final Map<String, Object> SETTINGS = Map.of("hibernate.hbm2ddl.auto", "create",
			"hibernate.jdbc.batch_size", SaveAllStudy.CHUNK, "hibernate.order_inserts", true, "hibernate.order_updates",
			true, "hibernate.jdbc.batch_versioned_data", true, "hibernate.connection.provider_disables_autocommit",
			true, "hibernate.jdbc.time_zone", "UTC", "hibernate.cache.use_second_level_cache", false,
			"org.hibernate.envers.audit_strategy", "org.hibernate.envers.strategy.internal.DefaultAuditStrategy");

	private final HikariDataSource pool;

	private final SessionFactory sessions;

	EnversItems(DatabaseInstance database) {
		this.pool = Pools.open(database, false);
		HibernatePersistenceConfiguration configuration = new HibernatePersistenceConfiguration("items");
		configuration.managedClass(EnversItem.class);
		configuration.property("jakarta.persistence.nonJtaDataSource", this.pool);
		SETTINGS.forEach(configuration::property);
		this.sessions = configuration.createEntityManagerFactory();
	}

	@Override
	public void save(Item item) {
		String id = Objects.requireNonNull(item.id());
		this.sessions.inTransaction((session) -> {
			EnversItem known = session.find(EnversItem.class, id);
			if (known == null) {
				session.persist(new EnversItem(id, item));
			}
			else {
				known.change(item);
			}
		});
	}

	@Override
	public void insert(List<Item> items) {
		this.sessions.inTransaction((session) -> {
			items.forEach((item) -> session.persist(new EnversItem(UUID.randomUUID().toString(), item)));
			flushAndClear(session);
		});
	}

	/** They are loaded by one statement. */
	@Override
	public void update(List<Item> items) {
		Map<String, Item> byId = new HashMap<>();
		items.forEach((item) -> byId.put(Objects.requireNonNull(item.id()), item));
		this.sessions.inTransaction((session) -> {
			session.findMultiple(EnversItem.class, new ArrayList<>(byId.keySet()))
				.forEach((known) -> known.change(Objects.requireNonNull(byId.get(known.id()))));
			flushAndClear(session);
		});
	}

	private static void flushAndClear(Session session) {
		session.flush();
		session.clear();
	}

	@Override
	public void fill(List<Item> items) {
		this.sessions.inTransaction((session) -> {
			items.forEach((item) -> session.persist(new EnversItem(Objects.requireNonNull(item.id()), item)));
			flushAndClear(session);
		});
	}

	@Override
	public void clear() {
		Pools.execute(this.pool, List.of("TRUNCATE items, items_AUD, REVINFO"));
	}

	@Override
	public void close() {
		this.sessions.close();
		this.pool.close();
	}

}

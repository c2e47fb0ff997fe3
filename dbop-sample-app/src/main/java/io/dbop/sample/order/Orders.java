package io.dbop.sample.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.dbop.sample.order.Order.Status;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The orders in the main database. All of its methods join the transaction of
 * {@link OrderService}.
 */
@Repository
class Orders {

	private final JdbcClient jdbc;

	Orders(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(Order order) {
		this.jdbc.sql("""
				INSERT INTO purchase (id, account_id, sku, quantity, total_cents, status, placed_on)
				VALUES (:id, :account, :sku, :quantity, :total, :status, :placedOn)""")
			.param("id", order.id().toString())
			.param("account", order.account().toString())
			.param("sku", order.sku())
			.param("quantity", order.quantity())
			.param("total", order.totalCents())
			.param("status", order.status().name())
			.param("placedOn", order.placedOn().toString())
			.update();
	}

	/**
	 * Marks an order as cancelled.
	 * @param id its identifier
	 * @return whether this call did it: false if it was cancelled before
	 */
	boolean cancel(UUID id) {
		return this.jdbc.sql("UPDATE purchase SET status = 'CANCELLED' WHERE id = :id AND status = 'PLACED'")
			.param("id", id.toString())
			.update() > 0;
	}

	Optional<Order> find(UUID id) {
		return this.jdbc.sql("SELECT * FROM purchase WHERE id = :id")
			.param("id", id.toString())
			.query(Orders::order)
			.optional();
	}

	List<Order> of(UUID account, int limit) {
		return this.jdbc.sql("""
				SELECT * FROM purchase WHERE account_id = :account
				ORDER BY placed_on DESC, id LIMIT :limit""")
			.param("account", account.toString())
			.param("limit", limit)
			.query(Orders::order)
			.list();
	}

	private static Order order(ResultSet row, int number) throws SQLException {
		return new Order(UUID.fromString(row.getString("id")), UUID.fromString(row.getString("account_id")),
				row.getString("sku"), row.getInt("quantity"), row.getLong("total_cents"),
				Status.valueOf(row.getString("status")), LocalDate.parse(row.getString("placed_on")));
	}

}

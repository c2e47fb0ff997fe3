package io.dbop.sample.catalog;

import java.util.List;
import java.util.Optional;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.sample.problem.ConflictException;
import io.dbop.sample.problem.NotFoundException;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The products in the main database. {@link #reserve} and {@link #release} are steps of
 * the caller's transaction.
 */
@Repository
public class Products {

	private final JdbcClient jdbc;

	public Products(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Adds a product.
	 * @param product the product
	 * @throws ConflictException if there is one with this identifier
	 */
	@DbRetry
	@AutoTransaction
	public void add(Product product) {
		if (find(product.sku()).isPresent()) {
			throw new ConflictException("There is a product '%s' already".formatted(product.sku()));
		}
		this.jdbc.sql("INSERT INTO product (sku, name, price_cents, stock) VALUES (:sku, :name, :price, :stock)")
			.param("sku", product.sku())
			.param("name", product.name())
			.param("price", product.priceCents())
			.param("stock", product.stock())
			.update();
	}

	/**
	 * Lists all products by name.
	 * @return the products
	 */
	@DbRetry
	@AutoTransaction(readOnly = true)
	public List<Product> list() {
		return this.jdbc.sql("SELECT sku, name, price_cents, stock FROM product ORDER BY name, sku")
			.query(Product.class)
			.list();
	}

	/**
	 * Takes from the stock.
	 * @param sku the product
	 * @param quantity how many
	 * @return the product as it is now
	 * @throws NotFoundException if there is no such product
	 * @throws OutOfStockException if there are fewer
	 */
	public Product reserve(String sku, int quantity) {
		int changed = this.jdbc
			.sql("UPDATE product SET stock = stock - :quantity WHERE sku = :sku AND stock >= :quantity")
			.param("quantity", quantity)
			.param("sku", sku)
			.update();
		Product product = find(sku).orElseThrow(() -> new NotFoundException("product", sku));
		if (changed == 0) {
			throw new OutOfStockException(product, quantity);
		}
		return product;
	}

	/**
	 * Puts back into the stock.
	 * @param sku the product
	 * @param quantity how many
	 */
	public void release(String sku, int quantity) {
		this.jdbc.sql("UPDATE product SET stock = stock + :quantity WHERE sku = :sku")
			.param("quantity", quantity)
			.param("sku", sku)
			.update();
	}

	private Optional<Product> find(String sku) {
		return this.jdbc.sql("SELECT sku, name, price_cents, stock FROM product WHERE sku = :sku")
			.param("sku", sku)
			.query(Product.class)
			.optional();
	}

}

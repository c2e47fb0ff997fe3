package io.dbop.sample.catalog;

import io.dbop.sample.problem.RefusedException;

/**
 * There is less of a product than was asked for.
 */
public class OutOfStockException extends RefusedException {

	OutOfStockException(Product product, int quantity) {
		super("out-of-stock",
				"Of '%s' there are %d, fewer than %d".formatted(product.sku(), product.stock(), quantity));
	}

}

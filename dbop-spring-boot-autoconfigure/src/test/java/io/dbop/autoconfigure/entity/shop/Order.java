package io.dbop.autoconfigure.entity.shop;

import io.dbop.entity.DbEntity;

/**
 * What is in another database.
 *
 * @param id the id
 * @param lines the lines
 */
@DbEntity(value = "orders", database = "reporting")
public record Order(String id, int lines) {
}

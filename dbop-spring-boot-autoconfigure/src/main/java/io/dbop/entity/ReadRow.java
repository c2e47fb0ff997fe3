package io.dbop.entity;

/**
 * An entity, and what it was read from.
 *
 * @param record the entity
 * @param columns the columns of its row
 * @param schema what was known of them
 */
record ReadRow(EntityRecord record, HeldRow columns, EntitySchema schema) {
}

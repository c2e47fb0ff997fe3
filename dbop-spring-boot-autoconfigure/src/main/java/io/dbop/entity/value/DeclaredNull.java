package io.dbop.entity.value;

/**
 * Nothing, in a field of which the application says what its values would be.
 *
 * @param type their type
 */
record DeclaredNull(FieldType type) {
}

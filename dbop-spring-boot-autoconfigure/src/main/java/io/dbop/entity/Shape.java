package io.dbop.entity;

import java.util.List;

/**
 * What saves have in common that can be one statement.
 *
 * @param fields the fields that are saved, sorted by name
 * @param fresh whether the ids were never used
 */
record Shape(List<String> fields, boolean fresh) {
}

package io.dbop.entity;

import java.util.List;

/**
 * What saves have in common that can be one statement.
 *
 * @param fields the fields that are saved, sorted by name
 * @param fresh whether the ids were never used
 * @param authored whether each says by whom and why
 */
record Shape(List<String> fields, boolean fresh, boolean authored) {
}

/**
 * Entities: maps or records that are saved, with tables that come and grow by themselves,
 * and a history of every change.
 */
@NullMarked
package io.dbop.entity;

import org.jspecify.annotations.NullMarked;

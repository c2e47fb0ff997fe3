/**
 * Entities, against those who keep a history too.
 */
@NullMarked
package io.dbop.benchmark.entity;

import org.jspecify.annotations.NullMarked;

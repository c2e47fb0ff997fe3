/**
 * The daily turnover, kept in the reporting database.
 */
@NullMarked
package io.dbop.sample.report;

import org.jspecify.annotations.NullMarked;

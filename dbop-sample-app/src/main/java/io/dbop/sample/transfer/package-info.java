/**
 * Transfers of money from one account to another.
 */
@NullMarked
package io.dbop.sample.transfer;

import org.jspecify.annotations.NullMarked;

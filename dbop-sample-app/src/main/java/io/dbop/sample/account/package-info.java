/**
 * Accounts and their balances.
 */
@NullMarked
package io.dbop.sample.account;

import org.jspecify.annotations.NullMarked;

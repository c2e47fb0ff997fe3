package io.dbop.sample.load;

import java.time.Duration;

/**
 * A load.
 *
 * @param threads how many transfers are under way at once
 * @param transfers how many transfers in all
 * @param accounts between how many accounts: the fewer, the more they contend
 * @param hold how long each transaction is held open
 */
record Load(int threads, int transfers, int accounts, Duration hold) {

}

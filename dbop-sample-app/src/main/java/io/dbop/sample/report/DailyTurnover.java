package io.dbop.sample.report;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What was sold on one day, cancelled orders left out.
 *
 * @param day the day, UTC
 * @param orders how many orders
 * @param turnoverCents what they brought
 * @param asOf when this was counted: what happened later is not in it
 */
record DailyTurnover(LocalDate day, long orders, long turnoverCents, Instant asOf) {

}

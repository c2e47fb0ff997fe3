package io.dbop.sample.load;

/**
 * What came of a load. At {@code /actuator/dbop} the operation
 * {@code TransferService.transfer} has grown by as many calls as were sent.
 *
 * @param sent how many transfers were asked for: the sum of the next five
 * @param acknowledged how many were booked
 * @param refused how many were refused for lack of funds
 * @param unavailable how many were given up because the database had no time for them
 * @param doubtful of how many nobody knows whether they were booked
 * @param failed how many failed in another way
 * @param millis how long it took
 * @param centsBefore what was on the accounts before
 * @param centsAfter what was on the accounts after: the same, or money was lost or made
 */
record LoadReport(long sent, long acknowledged, long refused, long unavailable, long doubtful, long failed, long millis,
		long centsBefore, long centsAfter) {

}

package io.dbop.fault;

import io.dbop.fault.Bank.Transfer;

/** Carries out transfers. */
interface TransferService {

	/**
	 * Carry one out.
	 * @param transfer the transfer
	 * @return its id
	 */
	long transfer(Transfer transfer);

}

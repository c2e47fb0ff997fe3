package io.dbop.fault;

import io.dbop.fault.Bank.Transfer;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.annotation.Transactional;

/** The control: a bank that repeats whatever failed, with what Spring brings along. */
class NaiveBank implements TransferService {

	private final JdbcClient client;

	NaiveBank(JdbcClient client) {
		this.client = client;
	}

	@Override
	@Retryable(includes = { DataAccessException.class, TransactionException.class }, maxRetries = 10, delay = 5)
	@Transactional
	public long transfer(Transfer transfer) {
		return Bank.book(this.client, transfer);
	}

}

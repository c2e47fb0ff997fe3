package io.dbop.sample.transfer;

import java.net.URI;

import io.dbop.database.Database;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.execution.CommitVerifier.Verdict;
import io.dbop.sample.account.Accounts;
import io.dbop.sample.account.InsufficientFundsException;
import io.dbop.sample.problem.ConflictException;
import io.dbop.sample.problem.InDoubtException;
import io.dbop.sample.problem.NotFoundException;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * Books transfers. It calls dbop by hand, since only the call itself knows how to find
 * out whether a commit that was never confirmed has landed: by the identifier of its
 * transfer.
 */
@Service
public class TransferService {

	private final Database main;

	private final Accounts accounts;

	private final Transfers transfers;

	TransferService(@Qualifier("main") Database main, Accounts accounts, Transfers transfers) {
		this.main = main;
		this.accounts = accounts;
		this.transfers = transfers;
	}

	/**
	 * Books a transfer, once, however often it is asked for.
	 * @param transfer the transfer
	 * @return the transfer as it was booked, now or earlier
	 * @throws NotFoundException if one of the accounts does not exist
	 * @throws InsufficientFundsException if the payer's balance does not suffice
	 * @throws ConflictException if another transfer has the same identifier
	 * @throws InDoubtException if its commit was not confirmed and it cannot be looked
	 * for
	 */
	public Transfer transfer(Transfer transfer) {
		try {
			return this.main
				.execute(
						(spec) -> spec.named("TransferService.transfer")
							.verifier((context) -> hasLanded(transfer) ? Verdict.COMMITTED : Verdict.NOT_COMMITTED),
						() -> {
							return bookOnce(transfer);
						});
		}
		catch (CommitOutcomeUnknownException ex) {
			throw new InDoubtException(URI.create("/transfers/" + transfer.id()), ex);
		}
		catch (DuplicateKeyException ex) {
			// The same transfer was asked for twice at once, and the other one was
			// faster.
			return this.transfers.find(transfer.id()).map((earlier) -> same(transfer, earlier)).orElseThrow(() -> ex);
		}
	}

	private Transfer bookOnce(Transfer transfer) {
		return this.transfers.read(transfer.id()).map((earlier) -> same(transfer, earlier)).orElseGet(() -> {
			book(transfer);
			return transfer;
		});
	}

	/**
	 * Locks the two accounts in the order of their identifiers, so that transfers in
	 * opposite directions wait for each other rather than deadlock. A deadlock would be
	 * resolved by trying again, but PostgreSQL looks for one only after a second.
	 * @param transfer the transfer
	 */
	private void book(Transfer transfer) {
		if (transfer.from().compareTo(transfer.to()) < 0) {
			this.accounts.debit(transfer.from(), transfer.cents());
			this.accounts.credit(transfer.to(), transfer.cents());
		}
		else {
			this.accounts.credit(transfer.to(), transfer.cents());
			this.accounts.debit(transfer.from(), transfer.cents());
		}
		this.transfers.add(transfer);
	}

	/**
	 * Whether the transfer is there. If it is not, it is safe to book it again even if
	 * the first commit were only delayed: the identifier is the key, and one of the two
	 * fails.
	 * @param transfer the transfer
	 * @return whether it is booked
	 */
	private boolean hasLanded(Transfer transfer) {
		return this.transfers.read(transfer.id()).isPresent();
	}

	private static Transfer same(Transfer transfer, Transfer earlier) {
		if (!transfer.isRepetitionOf(earlier)) {
			throw new ConflictException("Transfer %s was booked with other data".formatted(transfer.id()));
		}
		return earlier;
	}

}

package io.dbop.sample.load;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.dbop.sample.account.Account;
import io.dbop.sample.account.Accounts;
import io.dbop.sample.transfer.Transfer;
import io.dbop.sample.transfer.TransferService;

import org.springframework.stereotype.Service;

/**
 * Transfers money between a few accounts from many threads at once.
 */
@Service
class LoadService {

	private static final long OPENING_CENTS = 100_00;

	private final Accounts accounts;

	private final TransferService transfers;

	private final SlowTransactions slowTransactions;

	private final Clock clock;

	LoadService(Accounts accounts, TransferService transfers, SlowTransactions slowTransactions, Clock clock) {
		this.accounts = accounts;
		this.transfers = transfers;
		this.slowTransactions = slowTransactions;
		this.clock = clock;
	}

	LoadReport run(Load load) throws InterruptedException {
		List<UUID> ids = Stream.generate(this::openAccount).limit(load.accounts()).toList();
		long before = sum(ids);
		Tally tally = new Tally();
		long start = System.nanoTime();
		transfer(load, ids, tally);
		long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
		return tally.report(millis, before, sum(ids));
	}

	private void transfer(Load load, List<UUID> ids, Tally tally) throws InterruptedException {
		AtomicInteger remaining = new AtomicInteger(load.transfers());
		Callable<Void> worker = () -> {
			this.slowTransactions.onThisThread(load.hold());
			while (remaining.getAndDecrement() > 0) {
				transfer(ids, tally);
			}
			return null;
		};
		ExecutorService threads = Executors.newFixedThreadPool(load.threads());
		try {
			threads.invokeAll(Collections.nCopies(load.threads(), worker));
		}
		finally {
			threads.shutdownNow();
		}
	}

	private void transfer(List<UUID> ids, Tally tally) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int from = random.nextInt(ids.size());
		int to = (from + random.nextInt(1, ids.size())) % ids.size();
		try {
			this.transfers.transfer(new Transfer(UUID.randomUUID(), ids.get(from), ids.get(to),
					random.nextLong(1, OPENING_CENTS / 2), this.clock.instant().truncatedTo(ChronoUnit.MILLIS)));
			tally.acknowledged();
		}
		catch (RuntimeException ex) {
			tally.failed(ex);
		}
	}

	private UUID openAccount() {
		Account account = new Account(UUID.randomUUID(), "load", OPENING_CENTS,
				this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
		this.accounts.open(account);
		return account.id();
	}

	private long sum(List<UUID> ids) {
		return ids.stream().mapToLong((id) -> this.accounts.get(id).balanceCents()).sum();
	}

}

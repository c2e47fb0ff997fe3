package io.dbop.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.fault.Bank.Transfer;

/** The clients of a bank, and what they were told of each of their transfers. */
final class Clients implements AutoCloseable {

	private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(60);

	private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

	final Set<Long> doubtful = ConcurrentHashMap.newKeySet();

	final Map<Long, Exception> failed = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean closing;

	Clients(int count, TransferService bank) {
		for (int i = 0; i < count; i++) {
			Thread thread = new Thread(() -> work(bank), "client-" + i);
			this.threads.add(thread);
			thread.start();
		}
	}

	private void work(TransferService bank) {
		while (!this.closing) {
			Transfer transfer = Transfer.of(this.ids.incrementAndGet());
			try {
				this.acknowledged.add(bank.transfer(transfer));
			}
			catch (CommitOutcomeUnknownException ex) {
				this.doubtful.add(transfer.id());
			}
			catch (RuntimeException ex) {
				this.failed.put(transfer.id(), ex);
				// An open circuit breaker refuses thousands in a second.
				LockSupport.parkNanos(BREATH_NANOS);
			}
		}
	}

	/** Lets the transfers under way end, and no other begin. */
	@Override
	public void close() throws InterruptedException {
		this.closing = true;
		for (Thread thread : this.threads) {
			thread.join(JOIN_MILLIS);
			if (thread.isAlive()) {
				throw new IllegalStateException(thread.getName() + " does not end");
			}
		}
	}

}

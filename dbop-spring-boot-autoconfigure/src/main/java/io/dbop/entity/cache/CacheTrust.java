package io.dbop.entity.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * Whether a cache can be relied upon. One that has failed is not asked again until it
 * answers and has been told what it missed; a thread tries that once a second.
 * Thread-safe.
 */
final class CacheTrust {

	private static final Logger logger = LoggerFactory.getLogger(CacheTrust.class);

	private static final long PAUSE_MILLIS = 1000;

	private static final Duration BETWEEN_LOGS = Duration.ofMinutes(1);

	private final String title;

	private final StampedCache rows;

	private final BooleanSupplier ended;

	private final Executor later;

	private final LongAdder failures = new LongAdder();

	private volatile boolean trusted = true;

	private MissedChanges missed = new MissedChanges();

	private Instant logged = Instant.EPOCH;

	CacheTrust(String title, StampedCache rows, BooleanSupplier ended) {
		this.title = title;
		this.rows = rows;
		this.ended = ended;
		this.later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, CacheTrust::start);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "dbop-cache");
		thread.setDaemon(true);
		thread.start();
	}

	long failures() {
		return this.failures.sum();
	}

	/** What the cache says, nothing if it cannot be relied upon. */
	<T> @Nullable T ask(Supplier<@Nullable T> question) {
		if (this.trusted) {
			try {
				return question.get();
			}
			catch (RuntimeException ex) {
				failed(ex);
			}
		}
		return null;
	}

	/** Tells the cache what it may as well not know. */
	void tell(Runnable message) {
		ask(() -> {
			message.run();
			return null;
		});
	}

	/** Has the cache forget a row, now or before anybody here asks it again. */
	void renew(String id) {
		if (!told(() -> this.rows.renew(id))) {
			miss((missed) -> missed.changed(id));
		}
	}

	/** Has the cache closed for a row, now or before anybody here asks it again. */
	void close(String id) {
		if (!told(() -> this.rows.close(id))) {
			miss((missed) -> missed.doubted(id));
		}
	}

	private boolean told(Runnable message) {
		return Boolean.TRUE.equals(ask(() -> {
			message.run();
			return true;
		}));
	}

	/** Noted before whoever changed it is told that it is done. */
	private synchronized void miss(Consumer<MissedChanges> change) {
		change.accept(this.missed);
		distrust();
	}

	private synchronized void failed(RuntimeException ex) {
		this.failures.increment();
		distrust();
		Instant now = Instant.now();
		if (this.logged.plus(BETWEEN_LOGS).isBefore(now)) {
			this.logged = now;
			logger.warn(
					"The cache of {} has failed: {}. The database is asked in its place until the cache answers again, which is tried once a second.",
					this.title, NestedExceptionUtils.getMostSpecificCause(ex).getClass().getName());
		}
	}

	private void distrust() {
		if (this.trusted) {
			this.trusted = false;
			this.later.execute(this::recover);
		}
	}

	private void recover() {
		try {
			if (this.ended.getAsBoolean()) {
				return;
			}
			this.rows.probe();
			for (MissedChanges open = next(); open != null; open = next()) {
				tell(open);
			}
			logger.info("The cache of {} is used again", this.title);
		}
		catch (Throwable ex) {
			this.failures.increment();
			this.later.execute(this::recover);
		}
	}

	/** What is to be told next; if there is nothing the cache can be relied upon. */
	private synchronized @Nullable MissedChanges next() {
		if (this.missed.isEmpty()) {
			this.trusted = true;
			return null;
		}
		MissedChanges next = this.missed;
		this.missed = new MissedChanges();
		return next;
	}

	private void tell(MissedChanges open) {
		try {
			open.tell(this.rows);
		}
		catch (RuntimeException | Error ex) {
			synchronized (this) {
				this.missed.addOlder(open);
			}
			throw ex;
		}
	}

}

package io.dbop.entity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.dbop.execution.WriteCounts;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Saves wait here until the group before them is committed, which one thread does at a
 * time, so that they stay in their order. Thread-safe.
 */
final class WriterLane {

	private static final Log logger = LogFactory.getLog(WriterLane.class);

	private final WriterSettings settings;

	private final Consumer<List<QueuedSave>> commit;

	private final Executor thread;

	private final WriteCounts counts;

	private final ReentrantLock lock = new ReentrantLock();

	/** There is room for another save. */
	private final Condition room = this.lock.newCondition();

	/** A group is full, or wanted. */
	private final Condition enough = this.lock.newCondition();

	/** A group has been committed. */
	private final Condition progress = this.lock.newCondition();

	private final ArrayDeque<QueuedSave> waiting = new ArrayDeque<>();

	private long taken;

	private long done;

	/** Up to which save nobody waits for company. */
	private long wanted;

	private boolean committing;

	private boolean closed;

	WriterLane(WriterSettings settings, Consumer<List<QueuedSave>> commit, Executor thread, WriteCounts counts) {
		this.settings = settings;
		this.commit = commit;
		this.thread = thread;
		this.counts = counts;
	}

	/** Takes a save, or says why not. */
	@Nullable String offer(QueuedSave save) {
		long left = this.settings.maxWait().toNanos();
		this.lock.lock();
		try {
			while (!this.closed && this.waiting.size() >= capacity()) {
				if (left <= 0) {
					this.counts.refused();
					return "%d others have been waiting for longer than %d ms. Slow down, or raise dbop.entity.writer.capacity"
						.formatted(this.waiting.size(), this.settings.maxWait().toMillis());
				}
				left = this.room.awaitNanos(left);
			}
			if (this.closed) {
				return "the writer is closed";
			}
			return take(save);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "the thread was interrupted while there was no room";
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable String take(QueuedSave save) {
		this.waiting.add(save);
		if (!this.committing) {
			String reason = begin();
			if (reason != null) {
				this.waiting.removeLast();
				this.counts.refused();
				return reason;
			}
		}
		save.taken();
		this.counts.queued();
		this.taken++;
		if (this.waiting.size() >= enough()) {
			this.enough.signal();
		}
		return null;
	}

	/** Whoever comes next tries it again. */
	private @Nullable String begin() {
		try {
			this.thread.execute(this::commitAll);
			this.committing = true;
			return null;
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			return "there is no thread for it: " + ex.getMessage();
		}
	}

	private void commitAll() {
		boolean done = false;
		try {
			for (List<QueuedSave> group = next(); !group.isEmpty(); group = next()) {
				commit(group);
			}
			done = true;
		}
		finally {
			if (!done) {
				abandoned();
			}
		}
	}

	private void commit(List<QueuedSave> group) {
		try {
			this.commit.accept(group);
		}
		catch (Throwable ex) {
			// Somebody's code has failed that is asked what failures mean, or memory is
			// out.
			logger.error("A group of saves has failed in a way that nobody foresaw", ex);
			for (QueuedSave save : group) {
				save.doubted(ex);
			}
		}
		finally {
			committed(group.size());
		}
	}

	/** Whoever comes next begins anew. */
	private void abandoned() {
		this.lock.lock();
		try {
			this.committing = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<QueuedSave> next() {
		this.lock.lock();
		try {
			awaitCompany();
			List<QueuedSave> group = new ArrayList<>(Math.min(this.waiting.size(), this.settings.maxRows()));
			while (group.size() < this.settings.maxRows() && !this.waiting.isEmpty()) {
				group.add(this.waiting.remove());
			}
			this.committing = !group.isEmpty();
			this.room.signalAll();
			return group;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitCompany() {
		long left = this.settings.maxDelay().toNanos();
		while (left > 0 && !this.waiting.isEmpty() && this.waiting.size() < enough() && this.wanted <= this.done) {
			try {
				left = this.enough.awaitNanos(left);
			}
			catch (InterruptedException ex) {
				// Nobody but the end of the application does that, which is in a hurry.
				return;
			}
		}
	}

	private void committed(int saves) {
		this.counts.grouped(saves);
		this.lock.lock();
		try {
			this.done += saves;
			this.progress.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Has nobody wait for company who has come before. */
	void hurry() {
		this.lock.lock();
		try {
			this.wanted = this.taken;
			this.enough.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for what has been taken.
	 * @param deadline until when, as of {@link System#nanoTime()}
	 */
	void await(long deadline) {
		this.lock.lock();
		try {
			long until = this.taken;
			long left = deadline - System.nanoTime();
			while (this.done < until && left > 0) {
				left = this.progress.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes no more. */
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.room.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** For which nobody waits any longer: more may not fit in. */
	private int enough() {
		return Math.min(this.settings.maxRows(), capacity());
	}

	private int capacity() {
		return Math.max(1, this.settings.capacity() / this.settings.threads());
	}

}

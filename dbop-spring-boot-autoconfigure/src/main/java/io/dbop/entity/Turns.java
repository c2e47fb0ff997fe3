package io.dbop.entity;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Has threads of one application that want to change the tables of one entity do so one
 * after another, since most of them then find it done. What keeps applications apart is
 * the database, so that whoever has waited for long goes on. Thread-safe.
 */
final class Turns {

	private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

	<T> T take(String entity, Duration wait, Supplier<T> work) {
		ReentrantLock lock = this.locks.computeIfAbsent(entity, (key) -> new ReentrantLock(true));
		boolean taken = await(lock, wait);
		try {
			return work.get();
		}
		finally {
			if (taken) {
				lock.unlock();
			}
		}
	}

	private static boolean await(ReentrantLock lock, Duration wait) {
		try {
			return lock.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}

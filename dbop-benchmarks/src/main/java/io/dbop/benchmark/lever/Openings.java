package io.dbop.benchmark.lever;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;

/** Pools are opened and closed, in a virtual machine that has done so before. */
final class Openings {

	private static final int POOLS = 4;

	private final DatabaseInstance database;

	Openings(DatabaseInstance database) {
		this.database = database;
	}

	void inTurn() {
		IntStream.range(0, POOLS).mapToObj((i) -> open()).toList().forEach(HikariDataSource::close);
	}

	void atOnce() throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < POOLS; i++) {
			Thread thread = new Thread(() -> open().close());
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private HikariDataSource open() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.database.url());
		config.setUsername(this.database.username());
		config.setPassword(this.database.password());
		config.setMaximumPoolSize(1);
		return new HikariDataSource(config);
	}

}

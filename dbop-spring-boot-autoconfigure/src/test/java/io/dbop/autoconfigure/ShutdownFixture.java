package io.dbop.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.database.Databases;
import io.dbop.pool.PoolRegistry;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An application that is closed while a transaction runs. */
final class ShutdownFixture {

	private static final String OWN_THREAD = "shutdown-test";

	private ShutdownFixture() {
	}

	/** Runs on a thread of its own, which nobody waits for. */
	static <T> CompletableFuture<T> async(Supplier<T> work) {
		CompletableFuture<T> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(work.get());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		}, OWN_THREAD);
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	/** Whether all work has come to an end that ran on a thread of its own. */
	static boolean idle() {
		return Thread.getAllStackTraces().keySet().stream().noneMatch((thread) -> thread.getName().equals(OWN_THREAD));
	}

	/** Begins to close; done once the application is closed. */
	static CompletableFuture<Void> closing(ConfigurableApplicationContext application) {
		return async(() -> {
			application.close();
			return null;
		});
	}

	/** Whether the threads of the pool still run. */
	static boolean hasThreads(String pool) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().startsWith(pool + ":") || thread.getName().startsWith(pool + " "));
	}

	static boolean refusing(ConfigurableApplicationContext application, String alias) {
		return application.getBean(PoolRegistry.class).find(alias).status().closed();
	}

	/** Where a transaction stands while the application is closed. */
	static class Pause {

		final CountDownLatch reached = new CountDownLatch(1);

		final CountDownLatch over = new CountDownLatch(1);

		void stand() {
			this.reached.countDown();
			try {
				if (!this.over.await(60, TimeUnit.SECONDS)) {
					throw new IllegalStateException("nobody goes on");
				}
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** Writes by JDBC. */
	static class JdbcWork {

		private final JdbcClient client;

		private final Databases databases;

		private final Pause pause;

		JdbcWork(Databases databases, Pause pause) {
			this.databases = databases;
			this.client = databases.primary().jdbcClient();
			this.pause = pause;
		}

		@AutoTransaction
		void create() {
			this.client.sql("create table item (id integer primary key)").update();
		}

		@DbRetry
		@AutoTransaction
		String insertTwo() {
			insert(1);
			this.pause.stand();
			insert(2);
			return "done";
		}

		@DbRetry
		@AutoTransaction
		int insertAndAsk(String alias) {
			insert(1);
			this.pause.stand();
			return this.databases.get(alias).jdbcClient().sql("select 7").query(Integer.class).single();
		}

		@DbRetry
		@AutoTransaction
		void insertLater() {
			insert(3);
		}

		private void insert(int id) {
			this.client.sql("insert into item values (?)").param(id).update();
		}

	}

}

package io.dbop.aop;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.execution.AttemptContext;
import io.dbop.execution.ExecutionListener;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application of {@link AnnotationContractTests}, which knows annotations alone. */
@Configuration(proxyBeanMethods = false)
@Import({ AnnotationContractApplication.Listener.class, AnnotationContractApplication.Notes.class,
		AnnotationContractApplication.OtherNotes.class, AnnotationContractApplication.Outer.class })
class AnnotationContractApplication {

	/** What happens between two attempts. */
	@FunctionalInterface
	interface OnRetry {

		void run() throws SQLException;

	}

	static class Listener implements ExecutionListener {

		final AtomicInteger retries = new AtomicInteger();

		volatile OnRetry onRetry = () -> {
		};

		@Override
		public void onRetry(AttemptContext context, Throwable failure, Duration delay) {
			this.retries.incrementAndGet();
			try {
				this.onRetry.run();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	@DbRetry
	static class Notes {

		private final JdbcClient client;

		private final String lockSuffix;

		Notes(JdbcClient client, @Value("${lock.suffix}") String lockSuffix) {
			this.client = client;
			this.lockSuffix = lockSuffix;
		}

		@AutoTransaction
		void write(int id) {
			insert(id);
		}

		@AutoTransaction
		void writeAndLock(int id, int locked) {
			insert(id);
			this.client.sql("select id from note where id = ?" + this.lockSuffix)
				.param(locked)
				.query(Integer.class)
				.single();
		}

		@AutoTransaction
		void writeAndThrow(int id) {
			insert(id);
			throw new IllegalStateException("on purpose");
		}

		@AutoTransaction(noRollbackFor = IllegalStateException.class)
		void writeAndThrowAllTheSame(int id) {
			insert(id);
			throw new IllegalStateException("on purpose");
		}

		@AutoTransaction
		void writeTwice(int id) {
			insert(id);
			insert(id);
		}

		@AutoTransaction(readOnly = true)
		int count() {
			return this.client.sql("select count(*) from note").query(Integer.class).single();
		}

		@AutoTransaction(readOnly = true)
		void writeReadOnly(int id) {
			insert(id);
		}

		@DbRetry(fallback = "instead")
		@AutoTransaction
		int writeOrAnswer(int id) {
			insert(id);
			return id;
		}

		int instead(int id, DataAccessException failure) {
			return -1;
		}

		@DbRetry(raises = false)
		@AutoTransaction
		int writeOrNothing(int id) {
			insert(id + 100);
			insert(id);
			return id;
		}

		private void insert(int id) {
			this.client.sql("insert into note (id) values (?)").param(id).update();
		}

	}

	static class OtherNotes {

		private final JdbcClient client;

		OtherNotes(@Qualifier("other") JdbcClient client) {
			this.client = client;
		}

		@DbRetry(database = "other")
		@AutoTransaction(database = "other")
		void write(int id) {
			this.client.sql("insert into note (id) values (?)").param(id).update();
		}

	}

	static class Outer {

		private final Notes notes;

		private final OtherNotes others;

		Outer(Notes notes, OtherNotes others) {
			this.notes = notes;
			this.others = others;
		}

		@AutoTransaction
		void writeAroundAFailure(int before, int failing, int after) {
			this.notes.write(before);
			try {
				this.notes.writeTwice(failing);
				throw new AssertionError("a row was written twice");
			}
			catch (DataAccessException ex) {
				this.notes.write(after);
			}
		}

		@AutoTransaction
		void writeByStepAndThrow(int id, int another) {
			this.notes.write(id);
			this.notes.write(another);
			throw new IllegalStateException("on purpose");
		}

		@AutoTransaction
		void writeToBoth(int id, int other) {
			this.notes.write(id);
			this.others.write(other);
		}

		@AutoTransaction
		void writeToBothAndThrow(int id, int other) {
			writeToBoth(id, other);
			throw new IllegalStateException("on purpose");
		}

	}

}

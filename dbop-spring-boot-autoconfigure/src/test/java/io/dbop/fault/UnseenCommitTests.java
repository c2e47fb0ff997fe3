package io.dbop.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Commits on connections that cannot be watched, since no proxy can stand before their
 * data source.
 */
@Tag("fault")
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class UnseenCommitTests {

	private final WireProxy proxy;

	private final JdbcClient direct;

	private final ApplicationContextRunner application;

	UnseenCommitTests(DatabaseInstance database) {
		this.direct = JdbcClient.create(database.dataSource());
		this.direct.sql("create table note (text varchar(20))").update();
		this.proxy = database.proxy();
		DataSource proxied = database.through(this.proxy).dataSource();
		this.application = Applications.jdbc()
			.withBean("dataSource", Sealed.class, () -> new Sealed(proxied))
			.withBean(Notes.class);
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	@DisplayName("T6: a lost commit of ours that nobody saw is in doubt, and not repeated")
	void whenACommitOfOursIsLostThenItIsInDoubt() {
		this.application.run((context) -> {
			Notes notes = context.getBean(Notes.class);
			this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(notes::inOurTransaction);
			assertThat(notes.attempts()).isOne();
			assertThat(count()).isOne();
		});
	}

	@Test
	@DisplayName("T6: a lost commit of Spring's that nobody saw is in doubt, and not repeated")
	void whenACommitOfSpringsIsLostThenItIsInDoubt() {
		this.application.run((context) -> {
			Notes notes = context.getBean(Notes.class);
			this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(notes::inSpringsTransaction);
			assertThat(notes.attempts()).isOne();
			assertThat(count()).isOne();
		});
	}

	private int count() {
		return this.direct.sql("select count(*) from note").query(Integer.class).single();
	}

	/** A data source that no class can extend. */
	static final class Sealed extends AbstractDataSource {

		private final DataSource target;

		Sealed(DataSource target) {
			this.target = target;
		}

		@Override
		public Connection getConnection() throws SQLException {
			return this.target.getConnection();
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return this.target.getConnection(username, password);
		}

	}

	static class Notes {

		private final AtomicInteger attempts = new AtomicInteger();

		private final JdbcClient client;

		Notes(JdbcClient client) {
			this.client = client;
		}

		@DbRetry
		@AutoTransaction
		public void inOurTransaction() {
			write();
		}

		@DbRetry
		@Transactional(propagation = Propagation.REQUIRED)
		public void inSpringsTransaction() {
			write();
		}

		public int attempts() {
			return this.attempts.get();
		}

		private void write() {
			this.attempts.incrementAndGet();
			this.client.sql("insert into note values ('once')").update();
		}

	}

}

package io.dbop.fault;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.dbop.database.Database;
import io.dbop.replica.Replica;
import io.dbop.replica.Replicas;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.InnoDbPair;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Replicas of MariaDB and MySQL, which follow by GTIDs. */
@Tag("fault")
class InnoDbReplicaTests {

	@ParameterizedTest
	@EnumSource(names = { "MARIADB", "MYSQL" })
	@DisplayName("replica: on MariaDB and MySQL it is known what it has, and it is left out while it lags behind")
	void whenTheReplicaLagsBehindThenItIsLeftOutAndWhoHasWrittenSeesIt(TestDatabase kind) throws SQLException {
		try (InnoDbPair pair = start(kind)) {
			Applications.jdbc()
				.withPropertyValues(Applications.alias("main", pair.database()))
				.withPropertyValues("dbop.databases.main.replicas=" + pair.replicaAuthority(),
						"dbop.databases.main.replica.check-interval=50ms", "dbop.databases.main.replica.max-lag=2s",
						"dbop.databases.main.pool.max=2")
				.run((context) -> {
					Database db = context.getBean(Database.class);
					Replica replica = context.getBean(Replicas.class).of("main").get(0);
					db.sql("CREATE TABLE note (id INTEGER)").update();
					await().pollInSameThread().until(() -> port(db) == pair.replicaPort());
					pair.pauseReplay();
					db.sql("INSERT INTO note VALUES (1)").update();
					assertThat(notes(db)).isOne();
					assertThat(port(db)).isNotEqualTo(pair.replicaPort());
					assertThat(CompletableFuture.supplyAsync(() -> port(db)).get()).isEqualTo(pair.replicaPort());
					await().atMost(10, TimeUnit.SECONDS).until(() -> !replica.available());
					assertThat(CompletableFuture.supplyAsync(() -> port(db)).get()).isNotEqualTo(pair.replicaPort());
					pair.resumeReplay();
					await().pollInSameThread().until(() -> port(db) == pair.replicaPort());
					assertThat(notes(db)).isOne();
				});
		}
	}

	@ParameterizedTest
	@EnumSource(names = "MYSQL")
	@DisplayName("replica: one that was the primary is measured by what the new one has, though its sessions live on")
	void whenAnotherIsThePrimaryThenTheOldOneIsAReplicaThatLags(TestDatabase kind) throws SQLException {
		try (InnoDbPair pair = start(kind)) {
			DatabaseInstance database = pair.database();
			Applications.jdbc()
				.withPropertyValues("dbop.databases.main.type=" + database.database().name().toLowerCase(Locale.ROOT),
						"dbop.databases.main.hosts=" + pair.primaryAuthority() + "," + pair.replicaAuthority(),
						"dbop.databases.main.database=" + name(database),
						"dbop.databases.main.username=" + database.username(),
						"dbop.databases.main.password=" + database.password(),
						"dbop.databases.main.replicas=" + pair.primaryAuthority(),
						"dbop.databases.main.replica.check-interval=50ms", "dbop.databases.main.replica.max-lag=1s")
				.run((context) -> {
					Replica former = context.getBean(Replicas.class).of("main").get(0);
					await().until(former::available);
					pair.promoteReplica();
					await().atMost(15, TimeUnit.SECONDS).until(() -> !former.available());
					assertThat(former.problem()).isEqualTo("it lags behind");
				});
		}
	}

	private static String name(DatabaseInstance database) throws SQLException {
		try (Connection connection = database.dataSource().getConnection()) {
			return connection.getCatalog();
		}
	}

	private static InnoDbPair start(TestDatabase kind) throws SQLException {
		try {
			return InnoDbPair.start(kind);
		}
		catch (UncheckedIOException ex) {
			Assumptions.abort("No programs of " + kind + ": " + ex.getMessage());
			throw ex;
		}
	}

	private static int port(Database db) {
		return db.<Integer, RuntimeException>inTransaction((spec) -> spec.readOnly(),
				(transaction) -> transaction.sql("SELECT @@port").single(Integer.class));
	}

	private static int notes(Database db) {
		return db.sql("SELECT count(*) FROM note").readOnly().single(Integer.class);
	}

}

package io.dbop.replica;

import java.sql.SQLException;

import io.dbop.test.PostgresPair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes to a replica, and what to the primary. */
class ReplicaTests {

	private static PostgresPair pair;

	@BeforeAll
	static void start() throws SQLException {
		pair = PostgresPair.start();
		pair.commitAlone();
	}

	@AfterAll
	static void stop() {
		pair.close();
	}

	@Test
	void whatIsDeclaredReadOnlyGoesToTheReplicaAndAllElseToThePrimary() {
		Pair.application(pair).run((context) -> {
			Pair.awaitAvailable(context);
			Notes notes = context.getBean(Notes.class);
			assertThat(notes.springRead()).isEqualTo("replica");
			assertThat(notes.dbopRead()).isEqualTo("replica");
			assertThat(notes.declaredStatement()).isEqualTo("replica");
			assertThat(notes.twice()).isEqualTo("replica replica");
			assertThat(notes.springWrite()).isEqualTo("primary");
			assertThat(notes.dbopWrite()).isEqualTo("primary");
			assertThat(notes.where()).isEqualTo("primary");
			assertThat(notes.plainStatement()).isEqualTo("primary");
			assertThat(notes.declaredStatementInTransaction()).isEqualTo("primary");
		});
	}

}

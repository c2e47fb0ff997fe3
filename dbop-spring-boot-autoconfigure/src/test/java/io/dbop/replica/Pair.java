package io.dbop.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.dbop.test.Applications;
import io.dbop.test.PostgresPair;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.awaitility.Awaitility.await;

/** Applications on a primary and its replica. */
final class Pair {

	private Pair() {
	}

	/** An application whose replica is that of a pair, looked at ten times a second. */
	static ApplicationContextRunner application(PostgresPair pair, String... more) {
		List<String> properties = new ArrayList<>(List.of("dbop.databases.main.url=" + pair.primaryUrl(),
				"dbop.databases.main.username=" + pair.username(),
				"dbop.databases.main.replicas=" + pair.replicaAuthority(),
				"dbop.databases.main.replica.check-interval=100ms", "dbop.databases.main.pool.max=4",
				"dbop.databases.main.pool.min=1"));
		properties.addAll(Arrays.asList(more));
		return Applications.jdbc().withPropertyValues(properties.toArray(String[]::new)).withBean(Notes.class);
	}

	static Replica replica(ApplicationContext context) {
		return context.getBean(Replicas.class).of("main").get(0);
	}

	static void awaitAvailable(ApplicationContext context) {
		await().until(() -> replica(context).available());
	}

}

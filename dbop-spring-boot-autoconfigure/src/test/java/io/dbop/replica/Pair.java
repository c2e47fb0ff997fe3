package io.dbop.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.dbop.autoconfigure.DbopHealthAutoConfiguration;
import io.dbop.test.Applications;
import io.dbop.test.PostgresPair;
import io.dbop.test.wire.WireProtocol;
import io.dbop.test.wire.WireProxy;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.awaitility.Awaitility.await;

/**
 * Applications on a primary and its replica, which is looked at twenty times a second.
 */
final class Pair {

	private Pair() {
	}

	/** An application whose replica is that of a pair. */
	static ApplicationContextRunner application(PostgresPair pair, String... more) {
		return replicated(pair, pair.replicaAuthority(), more);
	}

	/** An application that reaches the replica through a proxy. */
	static ApplicationContextRunner application(PostgresPair pair, WireProxy way, String... more) {
		return replicated(pair, authority(way), more);
	}

	static String authority(WireProxy way) {
		return way.address().getHostString() + ":" + way.address().getPort();
	}

	static ApplicationContextRunner replicated(PostgresPair pair, String replicas, String... more) {
		List<String> properties = new ArrayList<>(List.of("dbop.databases.main.url=" + pair.primaryUrl(),
				"dbop.databases.main.username=" + pair.username(), "dbop.databases.main.replicas=" + replicas,
				"dbop.databases.main.replica.check-interval=50ms", "dbop.databases.main.pool.max=4",
				"dbop.databases.main.pool.min=1"));
		properties.addAll(Arrays.asList(more));
		return Applications.jdbc()
			.withConfiguration(AutoConfigurations.of(DbopHealthAutoConfiguration.class))
			.withPropertyValues(properties.toArray(String[]::new))
			.withBean(Notes.class);
	}

	static WireProxy proxy(PostgresPair pair) {
		String[] replica = pair.replicaAuthority().split(":");
		return WireProxy.to(replica[0], Integer.parseInt(replica[1]), WireProtocol.POSTGRES);
	}

	static Replica replica(ApplicationContext context) {
		return context.getBean(Replicas.class).of("main").get(0);
	}

	static void awaitAvailable(ApplicationContext context) {
		await().until(() -> replica(context).available());
	}

	static void awaitGone(ApplicationContext context) {
		await().until(() -> !replica(context).available());
	}

}

package io.dbop.observation;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.dbop.database.Databases;
import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import io.dbop.pool.StartupMode;
import io.dbop.replica.ReplicaSet;
import io.dbop.replica.ReplicaSettings;
import io.dbop.replica.Replicas;
import io.dbop.test.Applications;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;

/** A running application with two databases and all the meters that there are. */
final class MeteredApplication {

	private MeteredApplication() {
	}

	static void run(Consumer<PrometheusMeterRegistry> test) {
		Applications.jdbc()
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, DataSourcePoolMetricsAutoConfiguration.class))
			.withBean(MeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
			.withPropertyValues(Applications.inMemory("main"), Applications.inMemory("reporting"),
					"dbop.databases.main.primary=true")
			.run((context) -> {
				for (String alias : context.getBean(Databases.class)
					.all()
					.stream()
					.map((each) -> each.alias())
					.toList()) {
					context.getBean(Databases.class).get(alias).sql("select 1").query(Integer.class).single();
				}
				try (ReplicaSet replicas = absentReplica()) {
					context.getBean(Replicas.class).add(replicas);
					test.accept((PrometheusMeterRegistry) context.getBean(MeterRegistry.class));
				}
			});
	}

	private static ReplicaSet absentReplica() {
		DatabaseConfig config = DatabaseConfig.builder("replicated")
			.url("jdbc:postgresql://127.0.0.1:1/none")
			.startup(StartupMode.LAZY)
			.build();
		CredentialsSource nobody = CredentialsSource.of(null, null);
		Dialects dialects = new Dialects(List.of());
		return new ReplicaSet(ConnectionPoolFactory.open(config, dialects, nobody),
				List.of(ConnectionPoolFactory.openReplica(config, 1, "127.0.0.1:2", dialects, nobody)),
				new ReplicaSettings(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1),
						ReplicaSettings.Without.PRIMARY));
	}

}

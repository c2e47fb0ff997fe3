package io.dbop.observation;

import java.util.function.Consumer;

import io.dbop.database.Databases;
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
				test.accept((PrometheusMeterRegistry) context.getBean(MeterRegistry.class));
			});
	}

}

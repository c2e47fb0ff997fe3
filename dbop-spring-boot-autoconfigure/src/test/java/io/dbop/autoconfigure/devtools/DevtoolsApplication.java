package io.dbop.autoconfigure.devtools;

import java.util.List;

import io.dbop.autoconfigure.DbopAutoConfiguration;
import io.dbop.autoconfigure.DbopExecutionAutoConfiguration;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.devtools.autoconfigure.DevToolsDataSourceAutoConfiguration;
import org.springframework.boot.devtools.autoconfigure.LocalDevToolsAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Says what it has done at each of its starts. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ DbopAutoConfiguration.class, DbopExecutionAutoConfiguration.class,
		AopAutoConfiguration.class, DataSourceAutoConfiguration.class,
		DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
		JdbcClientAutoConfiguration.class, TransactionAutoConfiguration.class, LocalDevToolsAutoConfiguration.class,
		DevToolsDataSourceAutoConfiguration.class })
class DevtoolsApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(DevtoolsApplication.class, arguments);
	}

	@Bean
	Starts starts(JdbcClient main, @Qualifier("reporting") JdbcClient reporting) {
		return new Starts(main, reporting);
	}

	@Bean
	ApplicationRunner report(Starts starts) {
		return (arguments) -> {
			starts.create();
			String counts = starts.onMain() + "," + starts.onReporting();
			System.out.printf("START counts=%s attempts=%d loader=%s pools=%s%n", counts, starts.attempts(),
					getClass().getClassLoader().getClass().getSimpleName(), pools());
		};
	}

	/** The pools that live, each of which has one such thread. */
	private static List<String> pools() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.endsWith(":housekeeper"))
			.map((name) -> name.replace(":housekeeper", ""))
			.sorted()
			.toList();
	}

}

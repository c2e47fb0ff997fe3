package io.dbop.benchmark.start;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * An application that is over as soon as it is ready, and does not take its time to
 * close.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class StartedApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(StartedApplication.class, arguments);
		Runtime.getRuntime().halt(0);
	}

}

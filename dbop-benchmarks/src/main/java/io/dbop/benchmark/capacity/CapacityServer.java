package io.dbop.benchmark.capacity;

import java.io.IOException;

import io.dbop.database.Databases;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * One application server, a process of its own. It says on its output where it listens,
 * and ends with its input, which is the end of who started it.
 */
@EnableAutoConfiguration
class CapacityServer {

	/** What its output says when it listens, the port after it. */
	static final String READY = "Listens on port ";

	/** Where the users ask. */
	static final String PATH = "/";

	@Bean
	RouterFunction<ServerResponse> questions(Databases databases, Environment environment) {
		return RouterFunctions.route().GET(PATH, new Question(databases.get("main"), environment)).build();
	}

	/**
	 * Starts a server.
	 * @param arguments its properties
	 * @throws IOException if its input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		ConfigurableApplicationContext context = SpringApplication.run(CapacityServer.class, arguments);
		WebServerApplicationContext web = (WebServerApplicationContext) context;
		System.out.println(READY + web.getWebServer().getPort());
		while (System.in.read() != -1) {
			// Nothing is said to it.
		}
		Runtime.getRuntime().halt(0);
	}

}

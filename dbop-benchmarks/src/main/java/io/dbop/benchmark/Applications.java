package io.dbop.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts applications of studies, each with the peers that it asks for: all of them are
 * on the class path, and most would configure themselves.
 */
public final class Applications {

	private static final Set<String> PEERS = Set.of("com.baomidou.", "io.github.resilience4j.",
			"org.springframework.boot.hibernate.", "org.springframework.boot.data.", "org.springframework.boot.jpa.");

	private Applications() {
	}

	/**
	 * Starts an application without a web server.
	 * @param source its configuration
	 * @param peers the packages of the peers that configure themselves in it
	 * @param properties its properties
	 * @return the application
	 */
	public static ConfigurableApplicationContext start(Class<?> source, Set<String> peers, List<String> properties) {
		List<String> all = new ArrayList<>(properties);
		all.add("logging.level.root=warn");
		all.add("spring.main.banner-mode=off");
		all.add("spring.autoconfigure.exclude=" + String.join(",", unwanted(peers)));
		return new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run();
	}

	private static List<String> unwanted(Set<String> peers) {
		return StreamSupport
			.stream(ImportCandidates.load(AutoConfiguration.class, Applications.class.getClassLoader()).spliterator(),
					false)
			.filter((each) -> PEERS.stream().anyMatch((peer) -> each.startsWith(peer) && !peers.contains(peer)))
			.toList();
	}

}

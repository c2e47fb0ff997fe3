package io.dbop.benchmark;

import java.util.Set;

import io.dbop.DbopException;
import org.jspecify.annotations.Nullable;

/**
 * What an application depends on, and what that brings onto its class path. Written down
 * here, for the class path of the benchmarks does not tell who has brought what.
 */
public enum Starter {

	/** {@code spring-boot-starter-jdbc}, and the driver of PostgreSQL. */
	JDBC(null, """
			HikariCP checker-qual commons-logging jakarta.annotation-api jspecify jul-to-slf4j log4j-api
			log4j-to-slf4j logback-classic logback-core micrometer-commons micrometer-observation postgresql
			slf4j-api snakeyaml spring-aop spring-beans spring-boot spring-boot-autoconfigure spring-boot-jdbc
			spring-boot-persistence spring-boot-sql spring-boot-transaction spring-context spring-core
			spring-expression spring-jdbc spring-tx"""),

	/** dbop, over what {@link #JDBC} brings. */
	DBOP(DbopException.class, """
			caffeine error_prone_annotations resilience4j-circuitbreaker resilience4j-core spring-context-support
			spring-retry"""),

	/** The driver of MariaDB. */
	MARIADB(null, "mariadb-java-client"),

	/** {@code spring-boot-starter-actuator}. */
	ACTUATOR(null, """
			HdrHistogram micrometer-core micrometer-jakarta9 spring-boot-actuator
			spring-boot-actuator-autoconfigure spring-boot-health spring-boot-micrometer-metrics
			spring-boot-micrometer-observation"""),

	/** {@code spring-boot-starter-webmvc}. */
	WEB(null, """
			jackson-annotations jackson-core jackson-databind spring-boot-http-converter spring-boot-jackson
			spring-boot-servlet spring-boot-tomcat spring-boot-web-server spring-boot-webmvc spring-web
			spring-webmvc tomcat-embed-core tomcat-embed-el tomcat-embed-websocket"""),

	/** {@code dynamic-datasource-spring-boot4-starter}, without Oracle's pool. */
	DYNAMIC_DATASOURCE(null, """
			aspectjweaver dynamic-datasource-creator dynamic-datasource-spring
			dynamic-datasource-spring-boot-common dynamic-datasource-spring-boot4-starter mybatis-spring""");

	private final @Nullable Class<?> module;

	private final Set<String> artifacts;

	Starter(@Nullable Class<?> module, String artifacts) {
		this.module = module;
		this.artifacts = Set.of(artifacts.split("\\s+"));
	}

	/** A class of a module of this project, wherever that is. */
	@Nullable Class<?> module() {
		return this.module;
	}

	Set<String> artifacts() {
		return this.artifacts;
	}

}

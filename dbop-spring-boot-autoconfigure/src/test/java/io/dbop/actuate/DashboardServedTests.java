package io.dbop.actuate;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.dbop.test.Applications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets the page, and who JSON, on both web stacks. */
class DashboardServedTests {

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8";

	private static final String[] WITHOUT_SECURITY = {
			"spring.autoconfigure.exclude=org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
					+ "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,"
					+ "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration,"
					+ "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration" };

	private final HttpClient http = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void whenTheAddressIsOpenedInABrowserThenItIsAPageAndForOthersJson(WebApplicationType stack) throws Exception {
		try (ConfigurableApplicationContext context = start(stack, WITHOUT_SECURITY)) {
			String address = "/actuator/dbop";
			assertThat(type(context, address, BROWSER)).isEqualTo("text/html;charset=UTF-8");
			assertThat(type(context, address, "text/html")).isEqualTo("text/html;charset=UTF-8");
			assertThat(type(context, address, "*/*")).contains("json");
			assertThat(type(context, address, "application/json")).contains("json");
			assertThat(type(context, address, "application/json, text/plain, */*")).contains("json");
			assertThat(type(context, address, "text/html;q=0.2, application/json")).contains("json");
			assertThat(type(context, address + "/main", "*/*")).contains("json");
			assertThat(get(context, "local.server.port", address, BROWSER, null).body()).contains("<!doctype html>",
					"data-writable=\"false\"");
			assertThat(get(context, "local.server.port", address, null, null).headers().firstValue("Content-Type"))
				.hasValueSatisfying((type) -> assertThat(type).contains("json"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void whenTheActuatorHasAPortAndAPathOfItsOwnThenThePageIsThere(WebApplicationType stack) throws Exception {
		try (ConfigurableApplicationContext context = start(stack, WITHOUT_SECURITY, "management.server.port=0",
				"management.endpoints.web.base-path=/manage", "management.endpoint.dbop.access=unrestricted")) {
			HttpResponse<String> page = get(context, "local.management.port", "/manage/dbop", BROWSER, null);
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).contains("data-writable=\"true\"");
			assertThat(get(context, "local.server.port", "/manage/dbop", BROWSER, null).statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.endpoint.dbop.access=none", "management.endpoints.web.exposure.include=health",
			"management.endpoints.web.exposure.exclude=dbop" })
	void whenTheEndpointIsNotExposedThenNeitherIsThePage(String property) throws Exception {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, WITHOUT_SECURITY, property)) {
			assertThat(context.getBeansOfType(DbopDashboard.class)).isEmpty();
			assertThat(get(context, "local.server.port", "/actuator/dbop", BROWSER, null).statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void whenTheApplicationIsSecuredThenSoIsThePage(WebApplicationType stack) throws Exception {
		try (ConfigurableApplicationContext context = start(stack, new String[0], "spring.security.user.name=ann",
				"spring.security.user.password=secret")) {
			HttpResponse<String> refused = get(context, "local.server.port", "/actuator/dbop", BROWSER, null);
			assertThat(refused.statusCode()).isIn(302, 401);
			assertThat(refused.body()).doesNotContain("data-writable");
			HttpResponse<String> served = get(context, "local.server.port", "/actuator/dbop", BROWSER, "ann:secret");
			assertThat(served.statusCode()).isEqualTo(200);
			assertThat(served.body()).contains("data-writable");
			assertThat(served.headers().firstValue("Cache-Control"))
				.hasValueSatisfying((value) -> assertThat(value).contains("no-store"));
			assertThat(served.headers().firstValue("X-Frame-Options")).contains("DENY");
		}
	}

	@Test
	void whenTheEndpointIsExposedOverJmxThenThePageIsNot() throws Exception {
		String domain = "dbop" + UUID.randomUUID();
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, WITHOUT_SECURITY,
				"spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=dbop",
				"management.endpoints.jmx.domain=" + domain)) {
			assertThat(context.getBeansOfType(DbopDashboard.class)).hasSize(1);
			MBeanServer server = ManagementFactory.getPlatformMBeanServer();
			ObjectName name = server.queryNames(new ObjectName(domain + ":type=Endpoint,name=Dbop,*"), null)
				.iterator()
				.next();
			assertThat(Arrays.stream(server.getMBeanInfo(name).getOperations()).map(MBeanOperationInfo::getName))
				.contains("databases", "database")
				.doesNotContain("page");
		}
	}

	private String type(ConfigurableApplicationContext context, String path, String accept) throws Exception {
		HttpResponse<String> answer = get(context, "local.server.port", path, accept, null);
		assertThat(answer.statusCode()).isEqualTo(200);
		return answer.headers().firstValue("Content-Type").orElse("");
	}

	private HttpResponse<String> get(ConfigurableApplicationContext context, String port, String path, String accept,
			String user) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + context.getEnvironment().getProperty(port) + path));
		if (accept != null) {
			request.header("Accept", accept);
		}
		if (user != null) {
			request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes()));
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(WebApplicationType stack, String[] security,
			String... properties) {
		return new SpringApplicationBuilder(Shop.class).web(stack)
			.properties("spring.main.banner-mode=off", "server.port=0", "spring.flyway.enabled=false",
					Applications.inMemory("main"), "management.endpoints.web.exposure.include=dbop")
			.properties(security)
			.run(Arrays.stream(properties).map((each) -> "--" + each).toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

	}

}

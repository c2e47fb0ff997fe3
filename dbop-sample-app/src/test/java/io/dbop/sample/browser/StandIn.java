package io.dbop.sample.browser;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dbop.actuate.DbopDashboard;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An endpoint that says what a test wants it to say, behind a path of a proxy. Asked for
 * HTML it serves the page as the application would.
 */
public final class StandIn implements AutoCloseable {

	private static final String PATH = "/team/shop/actuator/dbop";

	private final HttpServer server;

	private final String page;

	private final JsonNode databases;

	private final List<String> posts = new CopyOnWriteArrayList<>();

	private final List<String> reads = new CopyOnWriteArrayList<>();

	private volatile int status = 200;

	private volatile String type = "application/vnd.spring-boot.actuator.v3+json";

	private StandIn(boolean writable) throws IOException {
		this.page = new DbopDashboard(writable).page().getBody();
		try (InputStream json = StandIn.class.getResourceAsStream("/dashboard/databases.json")) {
			this.databases = new JsonMapper().readTree(json);
		}
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(Executors.newCachedThreadPool());
		this.server.createContext(PATH, this::answer);
		this.server.start();
	}

	public static StandIn readOnly() throws IOException {
		return new StandIn(false);
	}

	public static StandIn writable() throws IOException {
		return new StandIn(true);
	}

	public String address() {
		return "http://localhost:" + this.server.getAddress().getPort() + PATH;
	}

	/**
	 * Makes it answer so from now on.
	 * @param status to all but the page itself
	 */
	public void answerWith(int status) {
		this.status = status;
	}

	/** Makes it answer as something does that wants a user to sign in. */
	public void answerWithHtml() {
		this.type = "text/html";
	}

	/**
	 * What was to be changed.
	 * @return path below the endpoint and body of each POST
	 */
	public List<String> posts() {
		return this.posts;
	}

	public int reads() {
		return this.reads.size();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String path = exchange.getRequestURI().getPath().substring(PATH.length());
			if (exchange.getRequestHeaders().getFirst("Accept").startsWith("text/html")) {
				send(exchange, 200, "text/html;charset=UTF-8", this.page);
				return;
			}
			if (exchange.getRequestMethod().equals("POST")) {
				this.posts
					.add(path + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			}
			else {
				this.reads.add(path);
			}
			send(exchange, this.status, this.type, json(path));
		}
	}

	private String json(String path) {
		if (path.isEmpty()) {
			return this.databases.toString();
		}
		return this.databases.path("databases").path(path.split("/")[1]).toString();
	}

	private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", type);
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}

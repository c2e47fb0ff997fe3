package io.dbop.sample.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks HTTP to the sample. Thread-safe.
 */
class SampleClient {

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper json = new JsonMapper();

	private final URI base;

	private final String user;

	SampleClient(int port) {
		this(URI.create("http://localhost:" + port), "");
	}

	private SampleClient(URI base, String user) {
		this.base = base;
		this.user = user;
	}

	/**
	 * The same on behalf of a user.
	 * @param name the user
	 * @return the client
	 */
	SampleClient by(String name) {
		return new SampleClient(this.base, name);
	}

	String address(String path) {
		return this.base.resolve(path).toString();
	}

	Answer put(String path, Map<String, ?> body) {
		return send("PUT", path, json(body));
	}

	Answer patch(String path, Map<String, ?> body) {
		return send("PATCH", path, json(body));
	}

	Answer delete(String path) {
		return send("DELETE", path, BodyPublishers.noBody());
	}

	Answer get(String path) {
		return send("GET", path, BodyPublishers.noBody());
	}

	Answer post(String path) {
		return send("POST", path, BodyPublishers.noBody());
	}

	Answer post(String path, Map<String, ?> body) {
		return send("POST", path, json(body));
	}

	/**
	 * Opens an account.
	 * @param cents what is paid in
	 * @return its identifier
	 */
	String account(long cents) {
		return post("/accounts", Map.of("owner", "Ann", "balanceCents", cents)).text("id");
	}

	Answer transfer(String from, String to, long cents) {
		return post("/transfers", Map.of("from", from, "to", to, "cents", cents));
	}

	long balance(String account) {
		return get("/accounts/" + account).number("balanceCents");
	}

	long balances(List<String> accounts) {
		return accounts.stream().mapToLong(this::balance).sum();
	}

	/**
	 * What dbop has counted of an operation.
	 * @param alias the database
	 * @param operation its name
	 * @return the counts
	 */
	JsonNode counts(String alias, String operation) {
		return get("/actuator/dbop").body().path("databases").path(alias).path("operations").path(operation);
	}

	private BodyPublisher json(Map<String, ?> body) {
		return BodyPublishers.ofString(this.json.writeValueAsString(body));
	}

	private Answer send(String method, String path, BodyPublisher body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(path))
			.method(method, body)
			.header("Content-Type", "application/json")
			.timeout(Duration.ofMinutes(2));
		if (!this.user.isEmpty()) {
			request.header("X-User", this.user);
		}
		try {
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.headers(), this.json.readTree(response.body()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}

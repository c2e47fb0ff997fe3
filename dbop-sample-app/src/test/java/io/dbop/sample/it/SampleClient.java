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

	SampleClient(int port) {
		this.base = URI.create("http://localhost:" + port);
	}

	Answer get(String path) {
		return send("GET", path, BodyPublishers.noBody());
	}

	Answer post(String path) {
		return send("POST", path, BodyPublishers.noBody());
	}

	Answer post(String path, Map<String, ?> body) {
		return send("POST", path, BodyPublishers.ofString(this.json.writeValueAsString(body)));
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

	private Answer send(String method, String path, BodyPublisher body) {
		HttpRequest request = HttpRequest.newBuilder(this.base.resolve(path))
			.method(method, body)
			.header("Content-Type", "application/json")
			.timeout(Duration.ofMinutes(2))
			.build();
		try {
			HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
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

package io.dbop.benchmark.capacity;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

import io.dbop.scaling.TimeoutBand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the endpoint of an application server says.
 *
 * @param rate the share of timeouts in the last minute
 * @param band the band that it falls into
 * @param level how pressing the most pressing advice is
 * @param cause what it is about
 * @param connections how many connections the load of this server needs
 * @param servers how many application servers the load of this server needs
 * @param sentence what it says
 * @param action what is to be done
 */
record Reading(double rate, TimeoutBand band, String level, String cause, double connections, int servers,
		String sentence, String action) {

	static CompletableFuture<Reading> of(HttpClient client, int port) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/dbop/main"))
			.build();
		return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
			.thenApply((response) -> of(JsonMapper.shared().readTree(response.body())));
	}

	private static Reading of(JsonNode database) {
		JsonNode minute = database.required("timeouts").required("windows").required("1m");
		JsonNode advice = database.required("advice").required("items").required(0);
		JsonNode capacity = database.required("capacity");
		return new Reading(minute.required("rate").asDouble(), TimeoutBand.valueOf(minute.required("band").asString()),
				advice.required("level").asString(), advice.required("cause").asString(),
				capacity.required("connectionsNeeded").asDouble(), capacity.required("applicationServers").asInt(),
				advice.required("sentence").asString(), advice.required("action").asString());
	}

}

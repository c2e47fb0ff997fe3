package io.dbop.sample.it;

import java.net.http.HttpHeaders;

import tools.jackson.databind.JsonNode;

/**
 * What the sample answered.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, JSON's null if there is none
 */
record Answer(int status, HttpHeaders headers, JsonNode body) {

	String header(String name) {
		return this.headers.firstValue(name).orElse("");
	}

	String text(String field) {
		return this.body.path(field).asString("");
	}

	long number(String field) {
		return this.body.path(field).asLong(Long.MIN_VALUE);
	}

}

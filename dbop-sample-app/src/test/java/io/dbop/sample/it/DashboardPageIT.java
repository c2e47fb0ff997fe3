package io.dbop.sample.it;

import java.time.Duration;

import io.dbop.sample.browser.Browser;
import io.dbop.sample.browser.Contrast;
import io.dbop.sample.browser.InBrowser;
import io.dbop.sample.browser.StandIn;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the dashboard makes of an endpoint that has everything to tell, in a browser.
 */
@InBrowser
class DashboardPageIT {

	private static final String EVIL = "<img src=x onerror=\"document.body.id=1\">";

	@Test
	void whenMuchIsWrongThenThePageSaysWhatWhyAndWhatToDo(Browser browser) throws Exception {
		try (StandIn endpoint = StandIn.readOnly()) {
			open(browser, endpoint);
			assertThat(browser.text(".headline")).contains("6.3 % of the callers got no connection",
					"Look at its plan and its indexes first", "84 %", "has held a connection for 6 minutes");
			assertThat(browser.text(".stats")).contains("20 of 20", "44", "8.28 %");
			assertThat(browser.text("#capacity")).contains("25.8 of 20", "91 of 100", "Replicas or shards");
			assertThat(browser.text("#breakers")).contains("open", "for 21 s more at most", "310 calls refused");
			assertThat(browser.text("#retries")).contains("0.4 of 10", "318");
			assertThat(browser.text("#leaks")).contains("com.example.report.Exporter.open(Exporter.java:41)", "6 min");
			assertThat(browser.text("#holders")).contains("waits for a second connection", "executes, 4.2 s",
					"no statement");
			assertThat(browser.text("#statements")).contains("SELECT o.id, o.account", "212", "3.2 s");
			assertThat(browser.run("return document.title")).asString().contains("main: critical");
			assertThat(browser.run("return document.getElementById('announcement').textContent")).asString()
				.startsWith("main: critical. 6.3 %");
			assertThat(browser.run("return document.querySelector('[data-plot=timeoutRate] svg').ariaLabel")).asString()
				.contains("most");
			assertThat(browser.complaints()).isEmpty();
		}
	}

	@Test
	void whenNamesAreHostileThenTheyAreText(Browser browser) throws Exception {
		try (StandIn endpoint = StandIn.readOnly()) {
			open(browser, endpoint);
			openAll(browser);
			assertThat(browser.text("#holders")).contains(EVIL);
			assertThat(browser.text("#statements")).contains("SELECT " + EVIL);
			assertThat(browser.text("#operations")).contains(EVIL);
			assertThat(browser.text(".headline")).contains(EVIL);
			assertThat(browser.all("img")).isEmpty();
			assertThat(browser.run("return document.body.id")).isEqualTo("");
		}
	}

	@Test
	void whenADatabaseIsLookedAtThenItsPlotsBeginWithTheHistory(Browser browser) throws Exception {
		String points = "return document.querySelector('[data-plot=waitMillis] polyline').points.length";
		try (StandIn endpoint = StandIn.readOnly()) {
			open(browser, endpoint);
			assertThat(browser.number(points)).isGreaterThanOrEqualTo(20);
			browser.run("location.hash = '#/reporting'");
			await(() -> assertThat(browser.text(".headline .alias")).isEqualTo("reporting"));
			await(() -> assertThat(browser.number(points)).isGreaterThanOrEqualTo(20));
			assertThat(browser.number("return document.querySelectorAll('.plots tbody tr').length")).isGreaterThan(1);
		}
	}

	@Test
	void whenADatabaseWasNeverUsedThenThePageSaysSo(Browser browser) throws Exception {
		try (StandIn endpoint = StandIn.readOnly()) {
			open(browser, endpoint, "#/archive");
			assertThat(browser.text(".headline")).containsIgnoringCase("not opened").contains("Nobody has used");
			assertThat(browser.all("#plots")).isEmpty();
			assertThat(browser.complaints()).isEmpty();
		}
	}

	@Test
	void whenNoAnswerComesThenThePageSaysSoUntilOneComes(Browser browser) throws Exception {
		try (StandIn endpoint = StandIn.readOnly()) {
			open(browser, endpoint);
			endpoint.answerWith(503);
			await(() -> assertThat(browser.text("#trouble")).contains("it answered 503", "What is shown is from",
					"Asking again in 4 s"));
			assertThat(browser.text("h2")).isNotBlank();
			endpoint.answerWith(200);
			await(() -> assertThat(browser.text("#trouble")).isEmpty());
			endpoint.answerWithHtml();
			await(() -> assertThat(browser.text("#trouble")).contains("perhaps a page to sign in"));
		}
	}

	@Test
	void whenThePageIsHiddenThenItStopsAsking(Browser browser) throws Exception {
		try (StandIn endpoint = StandIn.readOnly()) {
			open(browser, endpoint);
			browser.hide();
			int before = endpoint.reads();
			Awaitility.await()
				.pollDelay(Duration.ofSeconds(5))
				.untilAsserted(() -> assertThat(endpoint.reads()).isLessThanOrEqualTo(before + 2));
			int hidden = endpoint.reads();
			browser.show();
			await(() -> assertThat(endpoint.reads()).isGreaterThan(hidden + 1));
		}
	}

	@Test
	void whenTheEndpointOnlyReadsThenNothingElseIsOffered(Browser browser) throws Exception {
		try (StandIn endpoint = StandIn.readOnly()) {
			open(browser, endpoint);
			assertThat(browser.all("button")).isEmpty();
		}
	}

	@Test
	void whenSomethingIsToBeChangedThenItIsAskedForFirstAndARefusalIsShown(Browser browser) throws Exception {
		try (StandIn endpoint = StandIn.writable()) {
			open(browser, endpoint);
			press(browser, "[data-action=reset-breaker]");
			assertThat(browser.text("dialog")).contains("Reset the circuit breaker 'main' of 'main'?");
			press(browser, "[data-cancel]");
			assertThat(browser.all("dialog[open]")).isEmpty();
			press(browser, "[data-action=reset-breaker]");
			press(browser, "dialog .primary");
			await(() -> assertThat(endpoint.posts()).containsExactly("/main/reset-breaker {\"name\":\"main\"}"));
			await(() -> assertThat(browser.text("#outcome")).startsWith("Done at"));
			endpoint.answerWith(403);
			press(browser, "[data-action=resize]");
			browser.run("document.querySelector('dialog input').value = 30");
			press(browser, "dialog .primary");
			await(() -> assertThat(browser.text("#trouble, #outcome")).contains("another sign-in (403)"));
			endpoint.answerWith(200);
			await(() -> assertThat(browser.text("#outcome")).contains("Nothing was changed", "403", "CSRF"));
			assertThat(endpoint.posts()).hasSize(2).last().isEqualTo("/main/resize {\"size\":30}");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void whenReadInAnyLightThenTheContrastIsSufficient(String scheme, Browser browser) throws Exception {
		try (StandIn endpoint = StandIn.writable()) {
			browser.prefer(scheme);
			for (String alias : new String[] { "main", "reporting", "archive" }) {
				open(browser, endpoint, "#/" + alias);
				openAll(browser);
				assertThat(Contrast.poor(browser)).isEmpty();
			}
			browser.run("location.hash = '#/main'");
			press(browser, "[data-action=evict]");
			assertThat(Contrast.poor(browser)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 320, 360, 768 })
	void whenTheScreenIsNarrowThenNothingIsWider(int width, Browser browser) throws Exception {
		try (StandIn endpoint = StandIn.writable()) {
			browser.resize(width, 800);
			for (String alias : new String[] { "main", "archive" }) {
				open(browser, endpoint, "#/" + alias);
				openAll(browser);
				assertThat(browser.number("return document.documentElement.scrollWidth")).isEqualTo(width);
			}
		}
	}

	private static void open(Browser browser, StandIn endpoint) {
		open(browser, endpoint, "");
	}

	private static void open(Browser browser, StandIn endpoint, String place) {
		browser.open(endpoint.address() + place);
		await(() -> assertThat(browser.text("h2")).isNotBlank());
	}

	private static void openAll(Browser browser) {
		browser.run("document.querySelectorAll('details').forEach(each => each.open = true)");
	}

	private static void press(Browser browser, String selector) {
		await(() -> assertThat(browser.all(selector)).isNotEmpty());
		browser.run("document.querySelector(arguments[0]).click()", selector);
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
	}

}

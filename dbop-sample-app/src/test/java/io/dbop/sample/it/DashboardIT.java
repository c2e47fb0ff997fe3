package io.dbop.sample.it;

import java.nio.file.Path;
import java.time.Duration;

import io.dbop.sample.browser.Browser;
import io.dbop.sample.browser.InBrowser;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard of the packaged sample under load, in a browser. The pictures are in
 * {@code target/dashboard}.
 */
@InBrowser
@EachDatabase(TestDatabase.POSTGRESQL)
class DashboardIT {

	private static final Path PICTURES = Path.of("target", "dashboard");

	private static final String SAMPLES = "return document.querySelector('[data-plot=utilisation] polyline')?.points.length ?? 0";

	private final SampleClient sample;

	private final String address;

	private ContinuousLoad load;

	DashboardIT(TestDatabase database) {
		this.sample = SampleOnDatabase.of(database).client();
		this.address = this.sample.address("/actuator/dbop");
	}

	@BeforeEach
	void load() {
		this.sample.post("/report/refresh");
		this.load = new ContinuousLoad(this.sample);
	}

	@AfterEach
	void stop() {
		this.load.close();
	}

	@Test
	void whenUnderLoadThenTheHeadlineSaysSoThePlotMovesAndNothingElseIsAskedFor(Browser browser) {
		browser.resize(1200, 1500);
		browser.prefer("light");
		browser.open(this.address + "#/main");
		await(() -> assertThat(browser.text("h2")).isNotBlank());
		assertThat(browser.text(".aliases")).contains("main", "reporting");
		await(() -> assertThat(browser.text("[data-now=waiting]")).matches("[1-9]\\d*"));
		await(() -> assertThat(browser.text("[data-now=utilisation]")).isEqualTo("100 %"));
		long before = browser.number(SAMPLES);
		await(() -> assertThat(browser.number(SAMPLES)).isGreaterThan(before + 3));
		await(() -> assertThat(browser.text(".headline .badge")).doesNotContainIgnoringCase("ok"));
		await(() -> assertThat(browser.text("#holders")).contains("TransferService.transfer"));
		browser.shoot(PICTURES.resolve("light.png"));
		assertThat(browser.complaints()).isEmpty();
		assertThat(browser.requests()).isNotEmpty()
			.allSatisfy((uri) -> assertThat(uri.toString()).startsWith(this.address));
	}

	@Test
	void whenDarkIsPreferredThenThePageIsDark(Browser browser) {
		browser.resize(1200, 1500);
		browser.prefer("dark");
		browser.open(this.address + "#/main");
		await(() -> assertThat(browser.text("[data-now=waiting]")).matches("[1-9]\\d*"));
		String background = "return getComputedStyle(document.documentElement).backgroundColor";
		assertThat(browser.run(background)).isEqualTo("rgb(13, 17, 23)");
		long before = browser.number(SAMPLES);
		await(() -> assertThat(browser.number(SAMPLES)).isGreaterThan(before + 3));
		browser.shoot(PICTURES.resolve("dark.png"));
		browser.prefer("light");
		assertThat(browser.run(background)).isEqualTo("rgb(244, 246, 248)");
	}

	@Test
	void whenOnAPhoneThenNothingIsWiderThanTheScreen(Browser browser) {
		browser.resize(360, 1200);
		browser.prefer("dark");
		browser.open(this.address + "#/main");
		await(() -> assertThat(browser.text("[data-now=waiting]")).matches("[1-9]\\d*"));
		browser.run("document.querySelectorAll('details').forEach(each => each.open = true)");
		await(() -> assertThat(browser.number("return document.documentElement.scrollWidth")).isEqualTo(360));
		browser.run("document.querySelectorAll('details').forEach(each => each.open = false)");
		await(() -> assertThat(browser.text(".headline .badge")).doesNotContainIgnoringCase("ok"));
		browser.shoot(PICTURES.resolve("phone.png"));
	}

	@Test
	void whenOnlyTheKeyboardIsUsedThenEverythingIsReached(Browser browser) {
		browser.resize(1200, 1500);
		browser.open(this.address);
		await(() -> assertThat(browser.all("#plots")).isNotEmpty());
		browser.pressTab();
		assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip");
		browser.pressTab();
		browser.pressTab();
		assertThat(browser.run("return document.activeElement.textContent")).asString().contains("reporting");
		browser.press(Keys.ENTER);
		await(() -> assertThat(browser.text(".headline .alias")).isEqualTo("reporting"));
		assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle")).isEqualTo("solid");
		browser.pressTab();
		assertThat(browser.run("return document.activeElement.id")).isEqualTo("plots");
		browser.press(Keys.ARROW_LEFT);
		await(() -> assertThat(browser.text(".moment")).contains("at "));
		browser.pressTab();
		browser.press(Keys.ENTER);
		await(() -> assertThat(browser.run("return document.querySelector('.plots details').open")).isEqualTo(true));
		// Redrawn meanwhile, and neither focus nor what was opened is lost.
		long samples = browser.number(SAMPLES);
		await(() -> assertThat(browser.number(SAMPLES)).isGreaterThan(samples));
		assertThat(browser.run("return document.querySelector('.plots details').open")).isEqualTo(true);
		assertThat(browser.run("return document.activeElement.tagName")).isEqualTo("SUMMARY");
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

}

package io.dbop.sample.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.dbop.sample.browser.Browser;
import io.dbop.sample.browser.InBrowser;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes the pictures of the documentation, from the packaged sample under a load that
 * grows for some minutes. No part of the build: {@code -Dit.test=DashboardPictures}.
 */
@InBrowser
@EachDatabase(TestDatabase.POSTGRESQL)
class DashboardPictures {

	private static final Path PICTURES = Path.of("target", "pictures");

	private final SampleClient sample;

	DashboardPictures(TestDatabase database) {
		this.sample = SampleOnDatabase.of(database).client();
	}

	@Test
	void whenTheLoadGrowsThenPicturesAreTaken(Browser browser) {
		this.sample.post("/report/refresh");
		load(2, 500, 20, 60);
		load(3, 500, 20, 100);
		load(5, 500, 20, 100);
		CompletableFuture<Void> scarce = CompletableFuture.runAsync(() -> load(30, 1400, 20, 150));
		browser.open(this.sample.address("/actuator/dbop") + "#/main");
		browser.resize(1200, 1560);
		browser.prefer("light");
		Awaitility.await()
			.atMost(Duration.ofSeconds(50))
			.pollDelay(Duration.ofSeconds(28))
			.untilAsserted(() -> assertThat(browser.text(".headline .badge")).doesNotContainIgnoringCase("ok"));
		shoot(browser, "light", 1200, 1560);
		shoot(browser, "dark", 1200, 1560);
		browser.prefer("dark");
		browser.resize(390, 1500);
		awaitPlotsOf(390, browser);
		browser.shoot(PICTURES.resolve("dashboard-phone.png"));
		scarce.join();
	}

	private void shoot(Browser browser, String scheme, int width, int height) {
		browser.prefer(scheme);
		browser.resize(width, height);
		awaitPlotsOf(width, browser);
		browser.shoot(PICTURES.resolve("dashboard-" + scheme + ".png"));
	}

	private static void awaitPlotsOf(int width, Browser browser) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					browser.number("return document.querySelector('.plot svg').getBoundingClientRect().right"))
				.isLessThan(width));
	}

	private void load(int threads, int transfers, int accounts, int holdMillis) {
		Answer report = this.sample.post("/load?threads=%d&transfers=%d&accounts=%d&holdMillis=%d".formatted(threads,
				transfers, accounts, holdMillis));
		assertThat(report.status()).isEqualTo(200);
	}

}

package io.dbop.sample.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless browser with a window of its own. */
public final class Browser implements AutoCloseable {

	/** Warns of a protocol version that nothing here depends on. */
	private static final Logger CHROMIUM = Logger.getLogger("org.openqa.selenium.chromium");

	static {
		CHROMIUM.setLevel(Level.SEVERE);
	}

	private final ChromeDriver driver;

	private final JsonMapper json = new JsonMapper();

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	static Browser start(InstalledBrowser installed) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(installed.binary().toFile());
		options.addArguments("--headless=new", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
				"--disable-background-networking", "--disable-component-update", "--no-first-run");
		if ("root".equals(System.getProperty("user.name"))) {
			options.addArguments("--no-sandbox");
		}
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(installed.driver().toFile())
			.usingAnyFreePort()
			.build();
		return new Browser(new ChromeDriver(service, options));
	}

	public void open(String address) {
		this.driver.get(address);
	}

	/**
	 * Makes the window so large.
	 * @param width in CSS pixels
	 * @param height in CSS pixels
	 */
	public void resize(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	/**
	 * Sets what the user prefers.
	 * @param scheme {@code light} or {@code dark}
	 */
	public void prefer(String scheme) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/** Opens another tab before this one, which is hidden then. */
	public void hide() {
		this.driver.switchTo().newWindow(WindowType.TAB);
	}

	/** Closes the other tab. */
	public void show() {
		this.driver.close();
		this.driver.switchTo().window(this.driver.getWindowHandles().iterator().next());
	}

	public void press(CharSequence... keys) {
		for (CharSequence key : keys) {
			new Actions(this.driver).sendKeys(key).perform();
		}
	}

	public void pressTab() {
		press(Keys.TAB);
	}

	public List<WebElement> all(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	public WebElement one(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	/**
	 * What stands in the elements, taken at once, since the page changes all the time.
	 * @param selector of the elements
	 * @return their texts as they are seen, without those that are not
	 */
	public String text(String selector) {
		return (String) run(
				"return [...document.querySelectorAll(arguments[0])].filter(e => e.getClientRects().length > 0).map(e => e.innerText).join('\\n')",
				selector);
	}

	public Object run(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	public long number(String script) {
		return ((Number) run(script)).longValue();
	}

	/**
	 * What the browser complained of.
	 * @return the messages of its console since the last time
	 */
	public List<String> complaints() {
		return this.driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
	}

	/**
	 * Where the page has sent requests.
	 * @return the addresses that were asked since the last time
	 */
	public List<URI> requests() {
		return StreamSupport.stream(this.driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
			.map((entry) -> this.json.readTree(entry.getMessage()).path("message"))
			.filter((message) -> message.path("method").asString().equals("Network.requestWillBeSent"))
			.map((message) -> message.path("params").path("request").path("url"))
			.map(JsonNode::asString)
			.filter((url) -> !url.startsWith("data:"))
			.map(URI::create)
			.toList();
	}

	/**
	 * Takes a picture of the window.
	 * @param file where to
	 */
	public void shoot(Path file) {
		Map<String, Object> picture = this.driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"));
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}

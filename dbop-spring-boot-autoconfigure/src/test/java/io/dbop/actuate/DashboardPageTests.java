package io.dbop.actuate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page is made of. */
class DashboardPageTests {

	private final String page = DashboardPage.assemble(false);

	@ParameterizedTest
	@ValueSource(strings = { "script", "style" })
	void whenAssembledThenThePolicyAllowsWhatStandsInThePageAndNothingElse(String element) throws Exception {
		String text = inner(element);
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		assertThat(policy()).contains("default-src 'none'")
			.contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
			.doesNotContain("unsafe");
	}

	@Test
	void whenAssembledThenNothingIsLoadedFromElsewhere() {
		assertThat(this.page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "//cdn",
				"@import", "url(", "src=");
		assertThat(policy()).contains("connect-src 'self'", "base-uri 'none'", "form-action 'none'");
	}

	@Test
	void whenDataAreShownThenNoneCanBecomeMarkup() {
		assertThat(inner("script")).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
				"eval(", "new Function", "DOMParser", "setHTML", "createContextualFragment");
		assertThat(policy()).contains("require-trusted-types-for 'script'");
	}

	@Test
	void whenTheEndpointOnlyReadsThenThePageIsToldSo() {
		assertThat(this.page).contains("data-writable=\"false\"");
		assertThat(DashboardPage.assemble(true)).contains("data-writable=\"true\"");
	}

	@Test
	void whenAssembledThenNoPlaceholderIsLeft() {
		assertThat(List.of("{policy}", "{writable}", "{style}", "{script}")).noneMatch(this.page::contains);
	}

	private String policy() {
		return found(Pattern.compile("Content-Security-Policy\" content=\"([^\"]+)\""));
	}

	private String inner(String element) {
		return found(Pattern.compile("<" + element + ">(.*)</" + element + ">", Pattern.DOTALL));
	}

	private String found(Pattern pattern) {
		Matcher matcher = pattern.matcher(this.page);
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

}

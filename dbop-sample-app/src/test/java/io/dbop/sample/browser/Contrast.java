package io.dbop.sample.browser;

import java.util.List;

/** How well text can be told from what is behind it, as WCAG 2 reckons. */
public final class Contrast {

	private static final String POOR = """
			const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
			const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
				.map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
				.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
			const behind = (e) => {
				for (; e; e = e.parentElement) {
					const c = rgb(getComputedStyle(e).backgroundColor);
					if (c.length === 3 || c[3] === 1) { return c; }
				}
				return [255, 255, 255];
			};
			const ratio = (e) => {
				const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
				return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
			};
			return [...document.querySelectorAll('body *:not(svg *)')]
				.filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.nodeValue.trim()))
				.filter((e) => !['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(e.tagName) && e.getClientRects().length > 0)
				.filter((e) => ratio(e) < 4.5)
				.map((e) => `${e.className || e.tagName} '${e.textContent.slice(0, 40)}' ${ratio(e).toFixed(2)}`);
			""";

	private Contrast() {
	}

	/**
	 * Looks for text that is hard to read.
	 * @param browser shows the page
	 * @return the elements below level AA
	 */
	@SuppressWarnings("unchecked")
	public static List<String> poor(Browser browser) {
		return (List<String>) browser.run(POOR);
	}

}

package io.dbop.sample.browser;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Skips tests where there is no browser, and says so, and gives them one where there is.
 */
class BrowserExtension implements ExecutionCondition, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (InstalledBrowser.find().isPresent()) {
			return ConditionEvaluationResult.enabled("Chromium and its driver are installed");
		}
		String reason = "Browser: SKIPPED %s: neither chromium nor google-chrome with chromedriver is installed"
			.formatted(context.getDisplayName());
		System.out.println(reason);
		return ConditionEvaluationResult.disabled(reason);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		// The store closes it when the test is over.
		return context.getStore(NAMESPACE)
			.computeIfAbsent(Browser.class, (key) -> Browser.start(InstalledBrowser.find().orElseThrow()),
					Browser.class);
	}

}

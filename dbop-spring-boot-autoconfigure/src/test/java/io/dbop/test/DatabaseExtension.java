package io.dbop.test;

import java.util.Arrays;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestWatcher;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Runs tests on one database, or aborts each of them with the reason. Not classes, for
 * aborted tests are counted.
 */
abstract class DatabaseExtension
		implements TestInstancePreConstructCallback, ParameterResolver, BeforeEachCallback, TestWatcher {

	static {
		// The first output of all has Surefire load classes by the class loader of its
		// thread, and threads of the product have none.
		System.out.print("");
	}

	private final TestDatabase database;

	private final DatabaseTally tally;

	private final Class<?> resource;

	/**
	 * Describe what tests get.
	 * @param database the database that they run on
	 * @param tally where to count them
	 * @param resource the type of the parameter that brings it to them
	 */
	DatabaseExtension(TestDatabase database, DatabaseTally tally, Class<?> resource) {
		this.database = database;
		this.tally = tally;
		this.resource = resource;
	}

	/**
	 * Why tests cannot run.
	 * @param test the test that is about to run
	 * @return the reason, or {@code null} if it can
	 */
	abstract @Nullable String skipReason(Store test);

	/**
	 * Give a test what its parameter asks for.
	 * @param test where to leave what is closed after the test
	 * @return the value of the parameter
	 */
	abstract Object resource(Store test);

	/**
	 * Give it to a test that does not hold on several nodes of a cluster.
	 * @param test where to leave what is closed after the test
	 * @param reason why it does not
	 * @return the value of the parameter
	 */
	Object resourceOnOneNode(Store test, String reason) {
		return resource(test);
	}

	final DatabaseTally tally() {
		return this.tally;
	}

	final TestDatabase database() {
		return this.database;
	}

	/**
	 * What tests run on, for people.
	 */
	String title() {
		return this.database.toString();
	}

	/**
	 * Abort before the constructor, whose parameters may be what is not available.
	 */
	@Override
	public final void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context) {
		@Nullable String reason = skipReason(store(context));
		if (reason != null) {
			if (this.database.isRequired()) {
				throw new IllegalStateException(this.database + " is required: " + reason);
			}
			this.tally.countSkipped();
			throw new TestAbortedException("No " + this.database + ": " + reason);
		}
		AnnotationSupport.findAnnotation(context.getElement(), NotOnClusters.class)
			.filter((leftOut) -> this.database.isCluster() && Arrays.asList(leftOut.of()).contains(this.database))
			.ifPresent((leftOut) -> {
				this.tally.countLeftOut(leftOut.value());
				throw new TestAbortedException("Not on clusters: " + leftOut.value());
			});
	}

	@Override
	public final void beforeEach(ExtensionContext context) {
		this.tally.countRan();
	}

	@Override
	public final void testFailed(ExtensionContext context, @Nullable Throwable cause) {
		// Build tools number the runs of a method, and do not name the database.
		this.tally.addFailure(context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName());
	}

	@Override
	public final ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
		// So that what a constructor gets is closed after the test.
		return ExtensionContextScope.TEST_METHOD;
	}

	@Override
	public final boolean supportsParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		Class<?> type = parameterContext.getParameter().getType();
		return type == TestDatabase.class || type == this.resource;
	}

	@Override
	public final Object resolveParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		boolean kind = parameterContext.getParameter().getType() == TestDatabase.class;
		return kind ? this.database : resource(extensionContext);
	}

	private Object resource(ExtensionContext context) {
		Store test = store(context);
		return AnnotationSupport.findAnnotation(context.getElement(), OnOneNode.class)
			.or(() -> AnnotationSupport.findAnnotation(context.getTestClass(), OnOneNode.class))
			.map((onOne) -> resourceOnOneNode(test, onOne.value()))
			.orElseGet(() -> resource(test));
	}

	private Store store(ExtensionContext context) {
		return context.getStore(Namespace.create(getClass()));
	}

}

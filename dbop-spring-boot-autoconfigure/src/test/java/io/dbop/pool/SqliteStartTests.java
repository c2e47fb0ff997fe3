package io.dbop.pool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.dbop.dialect.Dialects;
import io.dbop.test.OwnThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Applications that start at the same time on one file that is not there yet. */
@Timeout(120)
class SqliteStartTests {

	private static final int ROUNDS = 200;

	private static final int APPLICATIONS = 4;

	@TempDir
	private Path directory;

	@Test
	void whenSeveralPoolsOpenANewFileThenEachOfThemStarts() {
		for (int round = 0; round < ROUNDS; round++) {
			String url = "jdbc:sqlite:" + this.directory.resolve("round-" + round + ".db");
			CyclicBarrier together = new CyclicBarrier(APPLICATIONS);
			List<CompletableFuture<String>> modes = new ArrayList<>();
			for (int i = 0; i < APPLICATIONS; i++) {
				modes.add(CompletableFuture.supplyAsync(() -> journalMode(url, together), OwnThreads.EACH));
			}
			assertThat(modes).allSatisfy(
					(mode) -> assertThat(mode.orTimeout(30, TimeUnit.SECONDS).join()).isEqualToIgnoringCase("wal"));
		}
	}

	private static String journalMode(String url, CyclicBarrier together) {
		DatabaseConfig config = DatabaseConfig.builder("main").url(url).poolMin(1).poolMax(2).build();
		try {
			together.await();
			try (ConnectionPool pool = ConnectionPoolFactory.open(config, new Dialects(List.of()).findByUrl(url),
					CredentialsSource.of(null, null))) {
				return JdbcClient.create(pool.dataSource()).sql("PRAGMA journal_mode").query(String.class).single();
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}

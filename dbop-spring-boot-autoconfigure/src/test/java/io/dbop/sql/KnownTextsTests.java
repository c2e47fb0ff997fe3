package io.dbop.sql;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KnownTextsTests {

	private final SqlSyntax syntax = SqlSyntax.standard();

	private final KnownTexts known = new KnownTexts();

	@Test
	void whenTextsShareAPlaceThenEachIsJudgedByItself() {
		// the same hash code
		assertThat("SELECT Aa".hashCode()).isEqualTo("SELECT BB".hashCode());
		String read = "SELECT Aa";
		String write = "SELECT BB; DELETE FROM t";
		for (int i = 0; i < 3; i++) {
			assertThat(this.known.readsOnly(read, this.syntax)).isTrue();
			assertThat(this.known.readsOnly("SELECT BB", this.syntax)).isTrue();
			assertThat(this.known.readsOnly(write, this.syntax)).isFalse();
			assertThat(this.known.readsOnly("SELECT Aa; DELETE FROM t", this.syntax)).isFalse();
		}
	}

	@Test
	void whenManyAskAtOnceThenEachGetsItsOwnAnswer() {
		CompletableFuture<?>[] all = IntStream.range(0, 4)
			.mapToObj((thread) -> CompletableFuture.runAsync(this::askForMany))
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(all).join();
	}

	private void askForMany() {
		for (int i = 0; i < 20_000; i++) {
			int number = i % 7000;
			boolean reads = number % 3 == 0;
			String sql = (reads ? "SELECT " : "DELETE FROM t WHERE a = ") + number;
			assertThat(this.known.readsOnly(sql, this.syntax)).isEqualTo(reads);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 5000, 40_000 })
	void whenATextIsLongThenItIsJudgedAllTheSame(int length) {
		String sql = "SELECT '" + "x".repeat(length) + "'";
		for (int i = 0; i < 3; i++) {
			assertThat(this.known.readsOnly(sql, this.syntax)).isTrue();
			assertThat(this.known.readsOnly(sql + " INTO t", this.syntax)).isFalse();
			assertThat(this.known.mayCommit(sql, this.syntax)).isFalse();
		}
	}

	@Test
	void whenACommentThatIsExecutedComesFirstThenItMayCommit() {
		assertThat(this.known.mayCommit("/*!40000 ALTER TABLE t DISABLE KEYS */", this.syntax)).isTrue();
		assertThat(this.known.mayCommit("SELECT 1; /*M!100100 COMMIT */", this.syntax)).isTrue();
		assertThat(this.known.mayCommit("SELECT /*!40001 SQL_NO_CACHE */ 1", this.syntax)).isFalse();
		assertThat(this.known.mayCommit("/* a */ SELECT 1", this.syntax)).isFalse();
	}

}

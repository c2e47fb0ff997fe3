package io.dbop.entity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.dbop.entity.cache.RowCache;
import io.dbop.entity.cache.RowCodec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.cache.concurrent.ConcurrentMapCache;

import static org.assertj.core.api.Assertions.assertThat;

/** What a cache is told that was away, before it is relied upon again. */
class FailingCacheTests {

	private static final long ALL_BEFORE = Long.MAX_VALUE;

	/** Rows that are their own texts. */
	static final RowCodec<String> PLAIN = new RowCodec<>() {

		@Override
		public String encode(String row) {
			return row;
		}

		@Override
		public String decode(String text) {
			return text;
		}

	};

	private final ObservedCache cache = new ObservedCache(new ConcurrentMapCache("rows"));

	private final AtomicBoolean ended = new AtomicBoolean();

	private final RowCache rows = new RowCache("rows", this.cache, Duration.ofMinutes(1), this.ended::get);

	@AfterEach
	void end() {
		this.ended.set(true);
	}

	@Test
	void whenARowCannotBeKeptThenItIsReadAllTheSame() {
		failAt("put row:1");
		assertThat(read("1", "a")).isEqualTo("a");
		assertThat(read("1", "b")).isEqualTo("b");
		assertThat(this.rows.statistics().failures()).isOne();
	}

	@Test
	void whenItIsAwayThenItIsToldOfEveryChangeBeforeItIsAsked() {
		read("1", "old");
		read("2", "old");
		read("3", "old");
		failAt("");
		this.rows.changed(List.of("1"), ALL_BEFORE);
		this.rows.doubted(List.of("2"));
		awaitUsed();
		assertThat(read("1", "new")).isEqualTo("new");
		assertThat(read("1", "other")).isEqualTo("new");
		assertThat(read("2", "new")).isEqualTo("new");
		assertThat(read("2", "newer")).isEqualTo("newer");
		assertThat(read("3", "new")).isEqualTo("old");
	}

	@Test
	void whenItFailsWhileItIsToldThenItIsToldAgain() {
		read("1", "old");
		read("2", "old");
		failAt("");
		this.rows.changed(List.of("1", "2"), ALL_BEFORE);
		failAt("evictIfPresent stamp:2");
		Awaitility.await().until(() -> this.cache.operations.contains("evictIfPresent stamp:2"));
		assertThat(read("1", "new")).isEqualTo("new");
		awaitUsed();
		assertThat(read("1", "newer")).isEqualTo("newer");
		assertThat(read("2", "newer")).isEqualTo("newer");
	}

	@Test
	void whenTooMuchIsMissedThenNothingOfItIsUsed() {
		read("1", "old");
		read("last", "old");
		failAt("");
		this.rows.changed(IntStream.range(0, 10_000).mapToObj(Integer::toString).toList(), ALL_BEFORE);
		this.rows.changed(List.of("last"), ALL_BEFORE);
		awaitUsed();
		assertThat(this.cache.operations).contains("invalidate null");
		assertThat(read("last", "new")).isEqualTo("new");
	}

	@Test
	void whenNobodyNeedsItAnyMoreThenItIsNotTried() {
		failAt("");
		read("1", "a");
		this.ended.set(true);
		this.cache.operations.clear();
		Awaitility.await().during(Duration.ofMillis(1500)).until(this.cache.operations::isEmpty);
	}

	/** All operations that begin so. */
	private void failAt(String beginning) {
		this.cache.before = (operation) -> {
			if (operation.startsWith(beginning)) {
				throw new IllegalStateException("the cache is away");
			}
		};
	}

	private void awaitUsed() {
		this.cache.before = (operation) -> {
		};
		this.cache.operations.clear();
		Awaitility.await().until(() -> {
			read("probe", "x");
			return this.cache.operations.contains("get row:probe");
		});
	}

	private String read(String id, String row) {
		return this.rows.get(id, PLAIN, () -> Optional.of(row)).orElseThrow();
	}

}

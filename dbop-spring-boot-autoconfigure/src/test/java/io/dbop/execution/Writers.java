package io.dbop.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.dbop.test.FaultForm;
import io.dbop.test.OwnThreads;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sixteen who read one row and write what they have made of it. Each leaves a note
 * besides, which has no key.
 */
final class Writers {

	static final int COUNT = 16;

	private static final int ROUNDS = FaultForm.choose(10, 200);

	private final EngineFixture fixture;

	private final Items items;

	Writers(EngineFixture fixture, Items items) {
		this.fixture = fixture;
		this.items = items;
	}

	/**
	 * Has them all write, and asserts that nobody failed, and that each effect is there
	 * once.
	 * @param even what every other writer is called with
	 * @param odd what those in between are called with
	 */
	void assertAllDone(Consumer<ExecutionSpec<Object>> even, Consumer<ExecutionSpec<Object>> odd) {
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int writer = 0; writer < COUNT; writer++) {
			String name = "writer " + writer + " ";
			Consumer<ExecutionSpec<Object>> spec = (writer % 2 == 0) ? even : odd;
			all.add(repeat(ROUNDS, (round) -> increment(spec, name + round)));
		}
		assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))).succeedsWithin(120,
				TimeUnit.SECONDS);
		assertThat(this.items.amount(1)).isEqualTo(COUNT * ROUNDS);
		assertThat(this.items.notes()).hasSize(COUNT * ROUNDS).doesNotHaveDuplicates();
	}

	private void increment(Consumer<ExecutionSpec<Object>> spec, String note) throws Throwable {
		JdbcTemplate jdbc = this.fixture.jdbc;
		this.fixture.perform((each) -> {
			spec.accept(each);
			each.maxRetries(10_000);
		}, () -> {
			int before = jdbc.queryForObject("select amount from item where id = 1", Integer.class);
			jdbc.update("update item set amount = ? where id = 1", before + 1);
			this.items.note(note);
		});
	}

	/** Does something again and again on a thread of its own. */
	static CompletableFuture<Void> repeat(int rounds, Round round) {
		return CompletableFuture.runAsync(() -> {
			try {
				for (int i = 0; i < rounds; i++) {
					round.run(i);
				}
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}, OwnThreads.EACH);
	}

	/** What is done each time. */
	@FunctionalInterface
	interface Round {

		void run(int number) throws Throwable;

	}

}

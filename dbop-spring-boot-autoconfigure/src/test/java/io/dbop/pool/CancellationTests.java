package io.dbop.pool;

import java.util.List;

import io.dbop.dialect.Dialects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is under way when a statement comes back just as its time is over. */
class CancellationTests {

	private final Cancellation cancellation = new Cancellation(null, new Dialects(List.of()).findByUrl("jdbc:h2:mem:x"),
			DeadlineGuard.Reason.DEADLINE, System.nanoTime());

	@Test
	void whenSomebodyHasBeenToldToBreakTheConnectionThenItIsOfNoMoreUse() {
		assertThat(this.cancellation.toSever(System.nanoTime() + 1)).isTrue();
		assertThat(this.cancellation.over()).isFalse();
	}

	@Test
	void whenItIsOverThenNobodyBreaksTheConnectionAnyMore() {
		assertThat(this.cancellation.over()).isTrue();
		assertThat(this.cancellation.toSever(System.nanoTime() + 1)).isFalse();
	}

}

package io.dbop.entity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Four instances of an application, which end with the tests. On H2 in memory, which is
 * part of one process, they are four pools of that process.
 */
final class RacingProcesses implements AutoCloseable {

	static final int COUNT = 4;

	private final List<RacingProcess> processes = new ArrayList<>();

	/** On what only this process reaches: H2 in its memory. */
	private final List<EntityFixture> local = new ArrayList<>();

	private RacingProcesses() throws IOException {
		for (int i = 0; i < COUNT; i++) {
			this.processes.add(RacingProcess.start(i));
		}
	}

	void open(DatabaseInstance instance) {
		if (instance.database() != TestDatabase.H2) {
			all((process) -> process.open(instance));
			return;
		}
		for (int i = 0; i < COUNT; i++) {
			this.local.add(EntityFixture.amongOthers(instance));
		}
	}

	void run(Race race, String entity, int threads, int times) {
		if (this.local.isEmpty()) {
			all((process) -> process.run(race, entity, threads, times));
			return;
		}
		assertThat(IntStream.range(0, COUNT)
			.mapToObj((i) -> CompletableFuture
				.supplyAsync(() -> race.start(this.local.get(i).entities(), entity, i, threads, times)))
			.toList()).allSatisfy((failures) -> assertThat(failures.join()).isEmpty());
	}

	void shut() {
		if (this.local.isEmpty()) {
			all(RacingProcess::shut);
		}
		this.local.forEach(EntityFixture::close);
		this.local.clear();
	}

	private void all(Consumer<RacingProcess> order) {
		this.processes.forEach(order);
		assertThat(this.processes.stream().map(RacingProcess::answer).toList()).allMatch(String::isEmpty);
	}

	@Override
	public void close() {
		this.processes.forEach(RacingProcess::close);
	}

	/** Starts them when they are first needed. */
	static final class Started implements ParameterResolver {

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
			return parameter.getParameter().getType() == RacingProcesses.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
			return Objects.requireNonNull(test.getRoot()
				.getStore(Namespace.create(RacingProcesses.class))
				.computeIfAbsent(RacingProcesses.class, (key) -> start()));
		}

		private static RacingProcesses start() {
			try {
				return new RacingProcesses();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}

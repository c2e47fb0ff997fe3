package io.dbop.entity;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.h2.tools.Server;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import static org.assertj.core.api.Assertions.assertThat;

/** Four instances of an application, which end with the tests. */
final class RacingProcesses implements AutoCloseable {

	static final int COUNT = 4;

	private final List<RacingProcess> processes = new ArrayList<>();

	/** H2 in the memory of this process, for others. */
	private final Server h2;

	private RacingProcesses() throws IOException, SQLException {
		this.h2 = Server.createTcpServer("-tcpPort", "0").start();
		for (int i = 0; i < COUNT; i++) {
			this.processes.add(RacingProcess.start(i));
		}
	}

	void open(DatabaseInstance instance) {
		DatabaseInstance reached = (instance.database() != TestDatabase.H2) ? instance : SameDatabase.of(instance,
				instance.url().replace("jdbc:h2:", "jdbc:h2:tcp://localhost:" + this.h2.getPort() + "/"));
		all((process) -> process.open(reached));
	}

	void run(Race race, String entity, int threads, int times) {
		all((process) -> process.run(race, entity, threads, times));
	}

	void shut() {
		all(RacingProcess::shut);
	}

	private void all(Consumer<RacingProcess> order) {
		this.processes.forEach(order);
		assertThat(this.processes.stream().map(RacingProcess::answer).toList()).allMatch(String::isEmpty);
	}

	@Override
	public void close() {
		this.processes.forEach(RacingProcess::close);
		this.h2.stop();
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
			catch (IOException | SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}

package io.dbop.benchmark;

import java.io.IOException;
import java.util.List;

/**
 * Who works on which processor. Left to the scheduler, a client and the process of the
 * server that answers it may come to share a processor or not, each connection as it
 * happens, and stay there; where they do an answer takes half the time. So everybody's
 * server is kept on other processors than the clients, as if it were on a machine of its
 * own.
 */
public final class Processors {

	/** Before this process is bound to one of them. */
	private static final int NUMBER = Runtime.getRuntime().availableProcessors();

	private Processors() {
	}

	/**
	 * Parts this process from the servers that it has started. Without such servers, or
	 * with one processor, all stay where they are.
	 * @throws IOException if there is no {@code taskset}
	 */
	public static void part() throws IOException {
		List<Long> servers = ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
		if (servers.isEmpty() || NUMBER == 1) {
			return;
		}
		for (Long server : servers) {
			bind(server, "1-" + (NUMBER - 1));
		}
		bind(ProcessHandle.current().pid(), "0");
	}

	/** With all its threads; those to come are where they are begun. */
	private static void bind(long process, String processors) throws IOException {
		new ProcessBuilder("taskset", "-a", "-c", "-p", processors, Long.toString(process)).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.onExit()
			.join();
	}

}

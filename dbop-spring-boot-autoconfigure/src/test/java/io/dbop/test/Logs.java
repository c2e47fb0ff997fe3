package io.dbop.test;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/** What is logged under a name while this is open. */
public final class Logs implements AutoCloseable {

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final Logger logger;

	private Logs(Logger logger) {
		this.logger = logger;
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.logger.setLevel(Level.DEBUG);
	}

	/**
	 * Listens, at every level.
	 * @param name the name of a logger
	 * @return what it logs from now on
	 */
	public static Logs of(String name) {
		return new Logs((Logger) LoggerFactory.getLogger(name));
	}

	/**
	 * What was logged.
	 * @param level at which level
	 * @return the events so far
	 */
	public List<ILoggingEvent> at(Level level) {
		return List.copyOf(this.appender.list).stream().filter((event) -> event.getLevel() == level).toList();
	}

	@Override
	public void close() {
		this.logger.setLevel(null);
		this.logger.detachAppender(this.appender);
	}

}

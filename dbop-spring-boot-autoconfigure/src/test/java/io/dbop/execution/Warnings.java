package io.dbop.execution;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/** The warnings that the pipeline logs meanwhile. */
final class Warnings implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.dbop.execution");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private Warnings() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	static Warnings watch() {
		return new Warnings();
	}

	List<String> messages() {
		return this.appender.list.stream()
			.filter((event) -> event.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
	}

}

package io.dbop.aop;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.channels.ReadableByteChannel;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapterRegistry;

/**
 * What an argument's type says: whether it is used up by the first attempt that reads it.
 */
final class ReadOnceTypes {

	private static final List<Class<?>> READ_ONCE = List.of(InputStream.class, Reader.class, ReadableByteChannel.class,
			Iterator.class, Enumeration.class, Spliterator.class, BaseStream.class, Flow.Publisher.class);

	private ReadOnceTypes() {
	}

	/** The first such parameter of a method. */
	static @Nullable Class<?> parameterOf(Method method) {
		for (Class<?> type : method.getParameterTypes()) {
			if (readOnce(type)) {
				return type;
			}
		}
		return null;
	}

	private static boolean readOnce(Class<?> type) {
		for (Class<?> each : READ_ONCE) {
			if (each.isAssignableFrom(type)) {
				return true;
			}
		}
		boolean answersAgain = Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type);
		return !answersAgain && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

}

package io.dbop.aop;

import java.lang.reflect.Proxy;

import io.dbop.execution.ExecutionSpec;
import org.jspecify.annotations.Nullable;

/**
 * A spec that nobody listens to: attributes are carried over to it only to see whether
 * they are right.
 */
final class UnheardSpec {

	private UnheardSpec() {
	}

	@SuppressWarnings("unchecked")
	static ExecutionSpec<@Nullable Object> create() {
		return (ExecutionSpec<@Nullable Object>) Proxy.newProxyInstance(ExecutionSpec.class.getClassLoader(),
				new Class<?>[] { ExecutionSpec.class }, (proxy, method, arguments) -> proxy);
	}

}

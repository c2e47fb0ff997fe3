package io.dbop.dialect;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Tells a native image of the JDBC drivers that are there, which are loaded by name. */
class DriverRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerTypeIfPresent(classLoader, PostgresCancel.CONNECTION, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerTypeIfPresent(classLoader, PostgresTransaction.CONNECTION, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerTypeIfPresent(classLoader, MariaDbSocket.CONNECTION, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerTypeIfPresent(classLoader, DeferredReadOnly.MYSQL_CONNECTION, MemberCategory.INVOKE_PUBLIC_METHODS)
			.registerTypeIfPresent(classLoader, MariaDbSocket.CLIENT, MemberCategory.INVOKE_PUBLIC_METHODS);
		Dialects dialects = new Dialects(List.of());
		for (String name : dialects.names()) {
			Dialect dialect = dialects.findByName(name);
			if (dialect != null) {
				hints.reflection()
					.registerTypeIfPresent(classLoader, dialect.driverClassName(),
							MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
			}
		}
	}

}

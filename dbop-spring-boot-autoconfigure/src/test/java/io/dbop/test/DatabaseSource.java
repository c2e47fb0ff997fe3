package io.dbop.test;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Where the databases of one kind come from.
 */
interface DatabaseSource {

	@Nullable String skipReason();

	default boolean isCluster() {
		return false;
	}

	DatabaseInstance freshDatabase(TestDatabase database);

	static DatabaseSource inProcess(Callable<? extends DatabaseInstance> create) {
		return new DatabaseSource() {

			@Override
			public @Nullable String skipReason() {
				return null;
			}

			@Override
			public DatabaseInstance freshDatabase(TestDatabase database) {
				try {
					return create.call();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}

		};
	}

}

package io.dbop.actuate;

import java.time.Duration;

import io.dbop.actuate.DatabaseDescriptor.PoolDescriptor;
import io.dbop.replica.Replica;
import io.dbop.scaling.Report;
import org.jspecify.annotations.Nullable;

/**
 * A replica of a database.
 *
 * @param name its name, which is the alias of its pool
 * @param location the JDBC URL without secrets
 * @param available whether it gets reads
 * @param problem why it gets none, {@code null} if it does
 * @param lagMillis how far it lags behind the primary, at most; {@code null} if that is
 * not known
 * @param pool its connections
 * @param advice what is the case with it, and what to do about it
 */
public record ReplicaDescriptor(String name, @Nullable String location, boolean available, @Nullable String problem,
		@Nullable Long lagMillis, PoolDescriptor pool, @Nullable AdviceDescriptor advice) {

	static ReplicaDescriptor of(Replica replica, @Nullable Report report) {
		Duration lag = replica.lag();
		String problem = replica.problem();
		return new ReplicaDescriptor(replica.name(), replica.pool().location(), problem == null, problem,
				(lag != null) ? lag.toMillis() : null, PoolDescriptor.of(replica.pool()),
				(report != null) ? AdviceDescriptor.of(report) : null);
	}

}

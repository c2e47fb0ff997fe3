package io.dbop.observation;

import java.time.Duration;

import io.dbop.replica.Replica;
import io.dbop.replica.ReplicaSet;
import org.jspecify.annotations.Nullable;

/** How far replicas are, and whether they get reads. What is not known is NaN. */
final class ReplicaMeters {

	private ReplicaMeters() {
	}

	static void bind(MeterGroup group, ReplicaSet set) {
		group.count("dbop.replica.fallbacks", "Reads that went to the primary because no replica was fit for them", set,
				ReplicaSet::fallbacks);
		for (Replica each : set.replicas()) {
			MeterGroup ofReplica = group.with("replica", each.name());
			ofReplica.time("dbop.replica.lag", "How far the replica lags behind the primary, at most", each,
					(replica) -> nanosOrNaN(replica.lag()));
			ofReplica.gauge("dbop.replica.available", "1 if the replica gets reads, else 0", each,
					(replica) -> replica.available() ? 1 : 0);
		}
	}

	private static double nanosOrNaN(@Nullable Duration lag) {
		return (lag != null) ? lag.toNanos() : Double.NaN;
	}

}

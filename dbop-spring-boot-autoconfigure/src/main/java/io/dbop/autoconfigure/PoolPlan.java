package io.dbop.autoconfigure;

import java.util.List;
import java.util.stream.IntStream;

import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import io.dbop.replica.ReplicaSettings;

/**
 * Everything it takes to open a pool.
 *
 * @param config the configuration
 * @param dialects the dialects there are
 * @param credentials where user and password come from
 * @param replicas where replicas are
 * @param reads which of them may answer
 */
record PoolPlan(DatabaseConfig config, Dialects dialects, CredentialsSource credentials, List<String> replicas,
		ReplicaSettings reads) {

	ConnectionPool open() {
		return ConnectionPool.open(this.config, this.dialects, this.credentials);
	}

	/** The pools of the replicas, in the order of the configuration. */
	List<ConnectionPool> openReplicas() {
		return IntStream.range(0, this.replicas.size())
			.mapToObj((i) -> ConnectionPool.openReplica(this.config, i + 1, this.replicas.get(i), this.dialects,
					this.credentials))
			.toList();
	}

}

package io.dbop.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;
import io.dbop.replica.ReplicaSettings;

/**
 * Everything it takes to open a pool.
 *
 * @param opener what opens it
 * @param config the configuration
 * @param dialects the dialects there are
 * @param credentials where user and password come from
 * @param replicas where replicas are
 * @param reads which of them may answer
 */
record PoolPlan(PoolOpener opener, DatabaseConfig config, Dialects dialects, CredentialsSource credentials,
		List<String> replicas, ReplicaSettings reads) {

	ConnectionPool open() {
		return this.opener.open(this.config, this.dialects, this.credentials);
	}

	/** The pools of the replicas, in the order of the configuration. */
	List<ConnectionPool> openReplicas() {
		List<ConnectionPool> opened = new ArrayList<>();
		try {
			for (String location : this.replicas) {
				opened.add(ConnectionPoolFactory.openReplica(this.config, opened.size() + 1, location, this.dialects,
						this.credentials));
			}
			return opened;
		}
		catch (RuntimeException ex) {
			opened.forEach(ConnectionPool::close);
			throw ex;
		}
	}

}

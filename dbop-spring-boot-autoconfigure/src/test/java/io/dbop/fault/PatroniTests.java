package io.dbop.fault;

import io.dbop.test.Cluster;

/**
 * PostgreSQL under Patroni, with synchronous replication.
 */
class PatroniTests extends ClusterFailover {

	PatroniTests() {
		super(Cluster.patroni());
	}

}

package io.dbop.fault;

import io.dbop.test.ElectingCluster;

/**
 * PostgreSQL under Patroni, with synchronous replication.
 */
class PatroniTests extends ClusterFailover {

	PatroniTests() {
		super(ElectingCluster.patroni());
	}

}

package io.dbop.fault;

import io.dbop.test.ElectingCluster;

/**
 * MySQL Group Replication with one primary. Neither driver looks for the server that
 * takes writes there, as PostgreSQL's does.
 */
class GroupReplicationTests extends ClusterFailover {

	GroupReplicationTests() {
		super(ElectingCluster.groupReplication());
	}

}

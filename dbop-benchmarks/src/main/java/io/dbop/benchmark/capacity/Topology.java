package io.dbop.benchmark.capacity;

import java.sql.SQLException;

/** What application servers have for a database. */
enum Topology {

	/** One PostgreSQL. */
	ALONE("", 1, 1, PostgresAlone::new),

	/**
	 * A PostgreSQL and a replica, each with a pool of its own: every other question is a
	 * read that may go to the replica.
	 */
	REPLICA("r", 2, 2, PostgresWithReplica::new),

	/** Three nodes of a MariaDB Galera cluster, over which one pool spreads. */
	GALERA("g", 1, 3, GaleraCluster::new);

	private final String sign;

	private final int pools;

	private final int servers;

	private final Opener opener;

	Topology(String sign, int pools, int servers, Opener opener) {
		this.sign = sign;
		this.pools = pools;
		this.servers = servers;
		this.opener = opener;
	}

	/**
	 * Reads what stands in a command.
	 * @param sign the letter, or nothing
	 * @return the topology
	 */
	static Topology of(String sign) {
		for (Topology each : values()) {
			if (each.sign.equals(sign)) {
				return each;
			}
		}
		throw new IllegalArgumentException("Neither r nor g: " + sign);
	}

	/** How many pools an application server has for it. */
	int pools() {
		return this.pools;
	}

	/** How many database servers there are. */
	int servers() {
		return this.servers;
	}

	/** What the table says of it. */
	String words() {
		return switch (this) {
			case ALONE -> "";
			case REPLICA -> ", a replica";
			case GALERA -> ", Galera";
		};
	}

	CapacityDatabase open() throws SQLException {
		return this.opener.open();
	}

	private interface Opener {

		CapacityDatabase open() throws SQLException;

	}

}

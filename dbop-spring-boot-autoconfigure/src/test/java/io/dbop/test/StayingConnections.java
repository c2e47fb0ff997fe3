package io.dbop.test;

import java.lang.reflect.InvocationHandler;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.ha.BalanceStrategy;
import com.mysql.cj.jdbc.ha.LoadBalancedConnectionProxy;
import org.jspecify.annotations.Nullable;

/**
 * Has each connection of MySQL's driver in its mode {@code loadbalance} stay with its
 * node, the next one with the next. Its own strategies go on at another node after each
 * transaction, and after each rollback to a savepoint, which loses the transaction.
 */
public final class StayingConnections implements BalanceStrategy {

	private static final AtomicInteger turn = new AtomicInteger();

	private @Nullable String host;

	@Override
	public JdbcConnection pickConnection(InvocationHandler proxy, List<String> configuredHosts,
			Map<String, JdbcConnection> liveConnections, long[] responseTimes, int numRetries) throws SQLException {
		if (this.host == null) {
			this.host = configuredHosts.get(Math.floorMod(turn.getAndIncrement(), configuredHosts.size()));
		}
		JdbcConnection live = liveConnections.get(this.host);
		return (live != null) ? live : ((LoadBalancedConnectionProxy) proxy).createConnectionForHost(this.host);
	}

}

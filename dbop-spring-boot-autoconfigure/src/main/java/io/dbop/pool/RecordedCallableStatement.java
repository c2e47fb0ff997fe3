package io.dbop.pool;

import java.sql.CallableStatement;

/**
 * A callable statement that tells the ledger of its thread what happens to it.
 */
final class RecordedCallableStatement extends RecordedPreparedStatement<CallableStatement>
		implements ForwardingCallableStatement {

	RecordedCallableStatement(RecordedConnection connection, CallableStatement target, String sql) {
		super(connection, target, sql);
	}

}

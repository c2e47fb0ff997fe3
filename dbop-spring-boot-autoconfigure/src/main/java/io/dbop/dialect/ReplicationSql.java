package io.dbop.dialect;

/**
 * How a database tells how far its replicas are.
 *
 * @param position asked on the primary: how far it is now, as a text
 * @param reached asked on a replica with such a text: whether it is that far, null if it
 * is no replica
 */
public record ReplicationSql(String position, String reached) {
}

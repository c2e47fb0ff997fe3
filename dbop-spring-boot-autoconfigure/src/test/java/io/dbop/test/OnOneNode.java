package io.dbop.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that cannot hold on all nodes of a cluster at once, by its nature or that of the
 * driver. Where databases are a cluster it gets one node of it; elsewhere this means
 * nothing.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface OnOneNode {

	/**
	 * A transaction makes those of its own node wait, and wins or loses at COMMIT
	 * elsewhere.
	 */
	String LOCKS = "locks are held on one node";

	/**
	 * With several hosts the driver opens another connection in the place of one that
	 * broke.
	 */
	String RECONNECTS = "the driver reconnects by itself where it knows several hosts";

	/** What a server tells of sessions, statements and figures is its own. */
	String SESSIONS = "a node tells of itself alone";

	/**
	 * MariaDB's driver has that done by the server, but not where it knows several hosts.
	 */
	String READ_ONLY = "the driver does not have writes refused where it knows several hosts";

	/** The connection is locked while a statement runs, so that it is closed instead. */
	String CANCELS = "MySQL's driver does not cancel statements where it knows several hosts";

	/**
	 * What does not hold on several nodes.
	 * @return the reason, which the report tells
	 */
	String value();

}

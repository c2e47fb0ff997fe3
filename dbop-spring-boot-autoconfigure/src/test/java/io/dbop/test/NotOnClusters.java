package io.dbop.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that cannot hold even on one node of a cluster, because of what the others do to
 * it. It is left out where databases are a cluster, and counted as such.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface NotOnClusters {

	/**
	 * What does not hold.
	 * @return the reason, which the report tells
	 */
	String value();

	/**
	 * The databases whose clusters are meant.
	 * @return the databases
	 */
	TestDatabase[] of() default { TestDatabase.MARIADB, TestDatabase.MYSQL };

}

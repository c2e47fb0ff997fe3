package io.dbop.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class on a cluster whose nodes all take writes, and can be killed: where
 * {@code DBOP_TEST_CLUSTER} names the script that starts them, and the URL of MariaDB or
 * MySQL the nodes. Elsewhere there is nothing to run. Parameters are those of
 * {@link EachDatabase}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ClassTemplate
@Tag("database")
@Tag("cluster")
@ExtendWith(EachDatabaseExtension.class)
public @interface EachCluster {

	/**
	 * The databases that clusters are made of.
	 * @return the databases
	 */
	TestDatabase[] value() default { TestDatabase.MARIADB, TestDatabase.MYSQL };

}

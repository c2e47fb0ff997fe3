package io.dbop.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class once on each database server that can be killed and restarted. A
 * constructor or method parameter of type {@link RestartableServer} gets a running server
 * of the test's own, which is deleted after the test. It is always started from embedded
 * programs, whatever server other tests use.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ClassTemplate
@ExtendWith(EachDatabaseExtension.class)
public @interface EachRestartableServer {

	/**
	 * The databases to run on.
	 * @return the databases
	 */
	TestDatabase[] value() default { TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL };

}

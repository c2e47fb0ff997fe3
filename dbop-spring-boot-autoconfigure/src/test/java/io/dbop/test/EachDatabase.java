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
 * Runs a test class once on each database. A constructor or method parameter of type
 * {@link DatabaseInstance} gets an empty database of the test's own, which is dropped
 * after the test; one of type {@link TestDatabase} gets the kind. <pre class="code">
 * &#64;EachDatabase
 * class FooTests {
 *
 *     FooTests(DatabaseInstance database) {
 *     }
 *
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ClassTemplate
@Tag("database")
@ExtendWith(EachDatabaseExtension.class)
public @interface EachDatabase {

	/**
	 * The databases to run on.
	 * @return the databases
	 */
	TestDatabase[] value() default { TestDatabase.SQLITE, TestDatabase.H2, TestDatabase.POSTGRESQL,
			TestDatabase.MARIADB, TestDatabase.MYSQL };

	/**
	 * Those of them not to run on.
	 * @return the databases
	 */
	TestDatabase[] except() default {};

	/**
	 * More databases to run on.
	 * @return the databases
	 */
	TestDatabase[] also() default {};

	/**
	 * Whether to run behind each driver that can talk to the database, so that MySQL and
	 * MariaDB come twice.
	 * @return whether to cross databases and drivers
	 */
	boolean eachDriver() default false;

}

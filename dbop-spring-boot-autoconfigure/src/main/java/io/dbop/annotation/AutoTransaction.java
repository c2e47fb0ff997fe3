package io.dbop.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.transaction.annotation.Isolation;

/**
 * Runs a method in a transaction of its database: in the caller's if there is one, else
 * in one of its own, which is committed when the method returns and rolled back when it
 * throws (any exception, checked ones included).
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface AutoTransaction {

	/**
	 * The alias of the database. Empty for the primary one.
	 * @return the alias
	 */
	String database() default "";

	/**
	 * Whether the method only reads. It may then be repeated even if a commit's outcome
	 * is unknown.
	 * @return whether the transaction is read-only
	 */
	boolean readOnly() default false;

	/**
	 * The isolation level of a transaction that is opened for the method.
	 * @return the isolation level
	 */
	Isolation isolation() default Isolation.DEFAULT;

	/**
	 * The time that the transaction may take. A statement that runs longer is cancelled
	 * on the server.
	 * @return the duration, empty for no limit but those of the alias
	 */
	String timeout() default "";

	/**
	 * Exceptions after which the transaction is committed all the same.
	 * @return exception types
	 */
	Class<? extends Throwable>[] noRollbackFor() default {};

}

package io.dbop.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.dbop.execution.Scope;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Repeats a method when the database failed in a way that repeating cures, and never when
 * repeating could do its work twice. What an attribute leaves open comes from
 * {@code dbop.databases.<alias>.retry}.
 * <p>
 * Durations are written as {@code 100ms}, {@code 2s} or in ISO-8601, and may be
 * placeholders ({@code ${transfer.timeout}}). On a class or interface it holds for all
 * methods; on a method it replaces that of the class.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface DbRetry {

	/**
	 * The alias of the database that the method works on. Empty for the primary one.
	 * @return the alias
	 */
	String database() default "";

	/**
	 * How many additional attempts may follow the first: total attempts = 1 + maxRetries.
	 * Negative for the alias's value (3 unless configured).
	 * @return the number of additional attempts
	 */
	int maxRetries() default -1;

	/**
	 * The wait before the second attempt (100 ms unless configured).
	 * @return the duration, empty for the alias's value
	 */
	String initialDelay() default "";

	/**
	 * By what the wait is multiplied from one attempt to the next (2 unless configured).
	 * @return the factor, negative for the alias's value
	 */
	double multiplier() default -1;

	/**
	 * The longest wait between two attempts, jitter included (10 s unless configured).
	 * @return the duration, empty for the alias's value
	 */
	String maxDelay() default "";

	/**
	 * By what share a wait varies in either direction (0.2 unless configured).
	 * @return a share between 0 and 1, negative for the alias's value
	 */
	double jitter() default -1;

	/**
	 * The time that the whole call may take, waits included. A running statement is ended
	 * at this point. Left empty, no attempt is begun later than the alias's value (30 s
	 * unless configured), but none is ended either.
	 * @return the duration, empty for the alias's value
	 */
	String totalTimeout() default "";

	/**
	 * The time that each attempt may take. A statement that runs longer is cancelled on
	 * the server.
	 * @return the duration, empty for no limit but those of the alias
	 */
	String attemptTimeout() default "";

	/**
	 * The exceptions that may be retried at all. Those listed are retried unless they
	 * stem from a database failure that must not be. Empty for failures of the database
	 * only.
	 * @return exception types
	 */
	Class<? extends Throwable>[] retryOn() default {};

	/**
	 * Exceptions that are never retried, even if {@link #retryOn()} lists a supertype.
	 * @return exception types
	 */
	Class<? extends Throwable>[] noRetryOn() default {};

	/**
	 * The name of a {@link io.dbop.failure.FailureClassifier} bean that judges the
	 * failures of this method before all others.
	 * @return the bean name, empty for none
	 */
	String classifier() default "";

	/**
	 * Whether the failure is thrown in the end. If not, the method returns its default:
	 * {@code null}, zero, {@code false}, or an empty optional, list, set, map or array.
	 * Errors and interrupts are thrown all the same.
	 * @return whether failures are thrown
	 */
	boolean raises() default true;

	/**
	 * The name of a method of the same class that answers in place of this one when it
	 * has failed for good. It takes the same parameters, optionally followed by the
	 * failure, and returns the same type.
	 * @return the method name, empty for none
	 */
	String fallback() default "";

	/**
	 * Declares that doing the work twice is the same as doing it once, so that it may be
	 * repeated even if a commit's outcome is unknown.
	 * @return whether the method is idempotent
	 */
	boolean idempotent() default false;

	/**
	 * The name of a {@link io.dbop.execution.CommitVerifier} bean that is asked whether
	 * the work landed when a commit's outcome is unknown.
	 * @return the bean name, empty for none
	 */
	String verifier() default "";

	/**
	 * What each attempt runs in.
	 * @return the scope
	 */
	Scope scope() default Scope.AUTO;

	/**
	 * The name of a {@link io.dbop.execution.AttemptScope} bean to use in place of
	 * {@link #scope()}.
	 * @return the bean name, empty for none
	 */
	String attemptScope() default "";

}

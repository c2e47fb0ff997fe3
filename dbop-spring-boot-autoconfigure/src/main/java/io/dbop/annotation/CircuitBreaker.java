package io.dbop.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Puts a method behind a circuit breaker: while the breaker is open the method fails at
 * once with {@link io.dbop.circuit.CircuitOpenException} and costs the database nothing.
 * Every operation of dbop passes the breaker of its alias; this annotation names another
 * one, or sets one up differently. What an attribute leaves open comes from
 * {@code dbop.databases.<alias>.circuit-breaker}.
 * <p>
 * Each attempt passes it and counts by itself: a call that fails after three retries
 * counts four times. An open breaker is not retried, and a transaction under way ends
 * whatever its state.
 * <p>
 * Methods that name the same breaker share it. Where they disagree on its settings the
 * application does not start.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface CircuitBreaker {

	/**
	 * The name of the breaker. Empty for that of the alias, or, where an attribute below
	 * is given, for one of this method alone.
	 * @return the name
	 */
	String name() default "";

	/**
	 * The alias of the database. Empty for the primary one.
	 * @return the alias
	 */
	String database() default "";

	/**
	 * How many failures within {@link #windowSize()} open the breaker (5 unless
	 * configured).
	 * @return the number of failures, negative for the alias's value
	 */
	int failureThreshold() default -1;

	/**
	 * The time in which failures are counted (60 s unless configured).
	 * @return the duration, empty for the alias's value
	 */
	String windowSize() default "";

	/**
	 * How long the breaker stays open before it lets probes through (30 s unless
	 * configured).
	 * @return the duration, empty for the alias's value
	 */
	String recoveryTimeout() default "";

	/**
	 * How many calls are let through as probes, all of which must succeed (3 unless
	 * configured).
	 * @return the number of probes, negative for the alias's value
	 */
	int halfOpenMaxCalls() default -1;

	/**
	 * The name of a method of the same class that answers in place of this one when it
	 * has failed for good, or was refused. It takes the same parameters, optionally
	 * followed by the failure, and returns the same type.
	 * @return the method name, empty for none
	 */
	String fallback() default "";

}

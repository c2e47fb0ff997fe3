package io.dbop.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Limits the time that a method spends on its database, all attempts and the waits
 * between them together: the statement that runs when the time is over is ended on the
 * server, and nothing more is sent. Calls inside it have the earlier end of the two. What
 * the method does besides is not interrupted.
 * <p>
 * It adds neither a retry nor a transaction. Beside {@link DbRetry#totalTimeout()} the
 * smaller one holds; {@link AutoTransaction#timeout()} and
 * {@link DbRetry#attemptTimeout()} limit each attempt.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface DbTimeout {

	/**
	 * The time, the same as {@link #timeout()}.
	 * @return the duration, empty for the alias's {@code query-execution-timeout}
	 */
	@AliasFor("timeout")
	String value() default "";

	/**
	 * The time: {@code 500ms}, {@code 2s}, ISO-8601, or a placeholder.
	 * @return the duration, empty for the alias's {@code query-execution-timeout} (60 s
	 * unless configured, and for a DataSource that was adopted)
	 */
	@AliasFor("value")
	String timeout() default "";

	/**
	 * The alias of the database. Empty for the primary one.
	 * @return the alias
	 */
	String database() default "";

}

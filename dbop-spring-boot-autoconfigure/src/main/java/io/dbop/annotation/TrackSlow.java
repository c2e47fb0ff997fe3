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
 * Logs one warning, to {@code io.dbop.slow}, when a method took long, whether it returned
 * or failed: its name, its arguments as {@code dbop.slow-query.parameters} wants them
 * told, and the time, retries and waits included. The method need not have to do with a
 * database.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface TrackSlow {

	/**
	 * The threshold, the same as {@link #threshold()}.
	 * @return the duration
	 */
	@AliasFor("threshold")
	String value() default "";

	/**
	 * What takes at least as long is logged: {@code 500ms}, {@code 2s}, ISO-8601, or a
	 * placeholder.
	 * @return the duration, empty for {@code dbop.slow-query.threshold} (2 s unless
	 * configured; if that is 0 nothing is logged)
	 */
	@AliasFor("value")
	String threshold() default "";

}

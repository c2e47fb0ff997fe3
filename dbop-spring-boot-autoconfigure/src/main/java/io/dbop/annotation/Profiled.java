package io.dbop.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Logs each call of a method at level {@code DEBUG}: how long it took, its arguments, and
 * its result or the type of its exception, as far as {@code dbop.slow-query.parameters}
 * wants values told. The logger is {@code io.dbop.profile.} and the name of the class, so
 * that one switches on all or some. While it is off a call costs the question whether it
 * is.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface Profiled {

	/**
	 * Where each argument and the result is cut.
	 * @return a number of characters, at least 1
	 */
	int maxLength() default 200;

}

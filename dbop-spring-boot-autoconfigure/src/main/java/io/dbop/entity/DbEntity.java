package io.dbop.entity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record, or a bean with a constructor without parameters, whose objects are entities.
 * <p>
 * Its component {@code id} is the id: a {@code String}, a {@code UUID}, an
 * {@code Integer} or a {@code Long}, of which the first two are made up where they are
 * missing. Components called {@code version}, {@code createdAt}, {@code createdBy},
 * {@code updatedAt}, {@code updatedBy} and {@code deletedAt} are what the database knows
 * of the entity: they are read, and ignored when it is saved. All others are fields.
 *
 * @see EntityRepository
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DbEntity {

	/**
	 * The name of the entity.
	 * @return the name
	 */
	String value();

	/**
	 * The alias of the database that a repository bean uses, by default the primary one.
	 * @return the alias
	 */
	String database() default "";

}

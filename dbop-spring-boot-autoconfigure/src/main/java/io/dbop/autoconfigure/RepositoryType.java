package io.dbop.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

import io.dbop.entity.DbEntity;
import io.dbop.entity.EntityRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * What is known of the type of a repository. Immutable.
 *
 * @param type the interface
 * @param object the class of its objects
 * @param entity the name of the entity
 * @param database the alias of its database, empty for the primary one
 */
record RepositoryType(Class<?> type, Class<?> object, String entity, String database) {

	/**
	 * Looks at an interface.
	 * @throws InvalidRepositoryException if it cannot be a bean
	 */
	static RepositoryType of(Class<?> type) {
		Class<?> object = ResolvableType.forClass(type).as(EntityRepository.class).getGeneric(0).resolve();
		if (object == null) {
			throw new InvalidRepositoryException(type, "it does not say what its entities are",
					"Extend EntityRepository with a type, such as EntityRepository<User>, or give the interface a type "
							+ "parameter of its own if it is there to be extended.");
		}
		DbEntity entity = object.getAnnotation(DbEntity.class);
		if (entity == null) {
			throw new InvalidRepositoryException(type, "%s is no entity".formatted(object.getName()),
					"Annotate %s with @DbEntity and the name of the entity.".formatted(object.getSimpleName()));
		}
		Method unknown = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
			.filter((method) -> Modifier.isAbstract(method.getModifiers()) && operation(method) == null)
			.findFirst()
			.orElse(null);
		if (unknown != null) {
			throw new InvalidRepositoryException(type,
					"nothing is known of its method '%s', and no queries are made of names".formatted(
							unknown.getName()),
					"Make it a default method, which may call the others, such as find.");
		}
		return new RepositoryType(type, object, entity.value(), entity.database());
	}

	/** The operation that a method is, declared once more perhaps. */
	static @Nullable Method operation(Method method) {
		return ReflectionUtils.findMethod(EntityRepository.class, method.getName(), method.getParameterTypes());
	}

	@Override
	public String toString() {
		return "%s (entity '%s' of %s)".formatted(this.type.getName(), this.entity,
				this.database.isEmpty() ? "the primary database" : "database '" + this.database + "'");
	}

}

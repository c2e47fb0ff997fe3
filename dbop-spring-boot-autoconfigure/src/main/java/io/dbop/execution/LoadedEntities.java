package io.dbop.execution;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import org.hibernate.Session;

import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.util.ClassUtils;

/**
 * Counts the entities in a persistence context. Jakarta Persistence has no way to ask for
 * them, so that only Hibernate tells.
 */
final class LoadedEntities {

	/** Not zero. */
	static final int UNKNOWN = -1;

	private static final boolean HIBERNATE = isPresent("org.hibernate.Session")
			&& isPresent("org.springframework.orm.jpa.EntityManagerHolder");

	private LoadedEntities() {
	}

	static int countIn(ResourceHolderSupport holder) {
		return HIBERNATE ? OfHibernate.countIn(holder) : UNKNOWN;
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, LoadedEntities.class.getClassLoader());
	}

	/** What is loaded only where Hibernate is on the classpath. */
	private static final class OfHibernate {

		static int countIn(ResourceHolderSupport holder) {
			return (holder instanceof EntityManagerHolder known) ? countIn(known.getEntityManager()) : UNKNOWN;
		}

		private static int countIn(EntityManager manager) {
			try {
				return manager.unwrap(Session.class).getStatistics().getEntityCount();
			}
			catch (PersistenceException | IllegalStateException ex) {
				// Somebody else's, or closed.
				return UNKNOWN;
			}
		}

	}

}

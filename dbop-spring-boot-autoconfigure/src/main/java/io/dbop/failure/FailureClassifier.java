package io.dbop.failure;

import org.jspecify.annotations.Nullable;

/**
 * Says what a failure means. Beans of this type are asked, in their order, before the
 * dialect of the database is; the first answer counts. Implementations are thread-safe.
 * One that throws is taken as one that does not know: it never hides the failure itself.
 */
@FunctionalInterface
public interface FailureClassifier {

	/**
	 * Classifies a failure.
	 * @param failure what was thrown, with its causes
	 * @return what it means, or {@code null} if this classifier does not know
	 */
	@Nullable Classification classify(Throwable failure);

}

package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/**
 * One step of the pipeline: it does its part around the next step. Built once per plan,
 * so stateless; what belongs to a call is in the {@link Call}.
 */
@FunctionalInterface
interface Stage {

	@Nullable Object run(Call call) throws Throwable;

}

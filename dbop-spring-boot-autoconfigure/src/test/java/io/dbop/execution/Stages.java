package io.dbop.execution;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.ReflectionUtils;

/** Looks into a pipeline. */
final class Stages {

	private Stages() {
	}

	/** The kinds of its stages, from the caller to the call. */
	static List<Class<?>> of(Stage pipeline) {
		List<Class<?>> kinds = new ArrayList<>();
		for (Stage each = pipeline; each != null; each = next(each)) {
			kinds.add(each.getClass());
		}
		return kinds;
	}

	private static @Nullable Stage next(Stage stage) {
		return (ReflectionUtils.findField(stage.getClass(), "next") != null)
				? (Stage) ReflectionTestUtils.getField(stage, "next") : null;
	}

}

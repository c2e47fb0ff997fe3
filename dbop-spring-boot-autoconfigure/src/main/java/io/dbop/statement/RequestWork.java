package io.dbop.statement;

import java.util.Map;

import io.dbop.execution.Work;

/** A request as the work of a plan. */
abstract class RequestWork implements Work {

	private final StatementRequest request;

	RequestWork(StatementRequest request) {
		this.request = request;
	}

	final StatementRequest request() {
		return this.request;
	}

	/** A stream is read when its deadline is not there any more. */
	@Override
	public final boolean limitsStatements() {
		return this.request.options().limits().timeout() != null && this.request.form() != StatementForm.STREAM;
	}

	@Override
	public final Map<String, String> tags() {
		return this.request.options().tags();
	}

}

package io.dbop.autoconfigure;

import io.dbop.scaling.DatabaseAdvisor;

import org.springframework.context.SmartLifecycle;

/**
 * Has the databases looked at while the application runs.
 */
class AdvisorLifecycle implements SmartLifecycle {

	private final DatabaseAdvisor advisor;

	AdvisorLifecycle(DatabaseAdvisor advisor) {
		this.advisor = advisor;
	}

	@Override
	public void start() {
		this.advisor.start();
	}

	@Override
	public void stop() {
		this.advisor.stop();
	}

	@Override
	public boolean isRunning() {
		return this.advisor.running();
	}

	/** Still looks on while those who came later go. */
	@Override
	public int getPhase() {
		return GracefulShutdown.PHASE + 1;
	}

}

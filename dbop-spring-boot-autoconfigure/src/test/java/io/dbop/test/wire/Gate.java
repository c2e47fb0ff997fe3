package io.dbop.test.wire;

import java.io.InterruptedIOException;

/**
 * Where bytes wait while the network is a black hole.
 */
final class Gate {

	private boolean closed;

	private boolean released;

	synchronized void close() {
		this.closed = true;
	}

	synchronized void open() {
		this.closed = false;
		notifyAll();
	}

	/**
	 * Let everyone pass from now on, for good.
	 */
	synchronized void release() {
		this.released = true;
		notifyAll();
	}

	synchronized void pass() throws InterruptedIOException {
		while (this.closed && !this.released) {
			try {
				wait();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException();
			}
		}
	}

}

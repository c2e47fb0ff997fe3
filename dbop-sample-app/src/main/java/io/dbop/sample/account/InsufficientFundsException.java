package io.dbop.sample.account;

import java.util.UUID;

import io.dbop.sample.problem.RefusedException;

/**
 * An account holds less than was to be taken from it.
 */
public class InsufficientFundsException extends RefusedException {

	InsufficientFundsException(UUID account, long cents) {
		super("insufficient-funds", "Account %s holds less than %d cents".formatted(account, cents));
	}

}

package io.dbop.sample.account;

import java.time.Instant;
import java.util.UUID;

/**
 * An account.
 *
 * @param id its identifier
 * @param owner whose it is
 * @param balanceCents what is on it, never negative
 * @param openedAt when it was opened
 */
public record Account(UUID id, String owner, long balanceCents, Instant openedAt) {

}
